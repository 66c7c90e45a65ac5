/** How RDS names what decides of a snapshot: its snapshots of instances and of clusters have operations and keys of their own. */
export interface SnapshotNames {
  /** AWS's name of the type. */
  type: 'AWS::RDS::DBSnapshot' | 'AWS::RDS::DBClusterSnapshot';
  /** What begins a sentence: `The snapshot`. */
  thing: string;
  /** The kind in ARNs: `snapshot`. */
  kind: string;
  id: string;
  arn: string;
  /** The list of attributes, one of which is the share list. */
  list: string;
  /** What the list is wrapped in. */
  result: string;
  /** The command of the aws command line that prints the list. */
  command: string;
}
