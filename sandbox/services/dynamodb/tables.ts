/** The partition keys of DynamoDB tables and of their indexes, by ARN. */
export class Tables {
  private readonly partitionKeys = new Map<string, string>();

  /** @param arn of a table, or `<table>/index/<name>` */
  setPartitionKey(arn: string, attribute: string): void {
    this.partitionKeys.set(arn, attribute);
  }

  /** Name of the attribute that is the partition key; undefined for a table or an index that nobody created. */
  partitionKeyOf(arn: string): string | undefined {
    return this.partitionKeys.get(arn);
  }
}
