/** A trail as the API describes it, as far as the gateway looks at it. */
export interface DescribedTrail {
  TrailARN: string;
  IsOrganizationTrail?: boolean;
}

/** The trails that the management account has for its whole organization: every member sees them. */
export class OrganizationTrails {
  private readonly byArn = new Map<string, DescribedTrail>();

  get all(): DescribedTrail[] {
    return [...this.byArn.values()];
  }

  put(trail: DescribedTrail): void {
    if (trail.IsOrganizationTrail === true) this.byArn.set(trail.TrailARN, trail);
    else this.byArn.delete(trail.TrailARN);
  }

  /** @param nameOrArn of the trail that is deleted */
  delete(nameOrArn: string): void {
    for (const arn of this.byArn.keys()) {
      if (arn === nameOrArn || arn.endsWith(`:trail/${nameOrArn}`)) this.byArn.delete(arn);
    }
  }
}
