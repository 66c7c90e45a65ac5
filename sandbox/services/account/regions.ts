/** Regions that every account has. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const defaultRegions: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/** Regions that an account has to opt in to. */
export const optInRegions: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
];

/** Which Regions each account has opted in to. */
export class RegionOptIns {
  private readonly optedIn = new Map<string, Set<string>>();

  /** Whether an account can use a Region. */
  isEnabled(accountId: string, region: string): boolean {
    return !optInRegions.includes(region) || this.optedIn.get(accountId)?.has(region) === true;
  }

  set(accountId: string, region: string, isEnabled: boolean): void {
    const regions = this.optedIn.get(accountId) ?? new Set();
    this.optedIn.set(accountId, regions);
    if (isEnabled) regions.add(region);
    else regions.delete(region);
  }
}
