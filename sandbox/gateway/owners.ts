import type { ApiCall, OwnedService } from './api';

/** Which parts of the sandbox answer in moto's place. */
export class Owners {
  private readonly owners: { service: string; operations?: ReadonlySet<string>; handler: OwnedService }[] =
    [];

  add(service: string, handler: OwnedService, operations?: readonly string[]): void {
    // The latest comes first, so that a part can take over single operations of a service that another one owns.
    this.owners.unshift({ service, handler, ...(operations && { operations: new Set(operations) }) });
  }

  /** Who answers a call; undefined for moto. */
  ownerOf({ service, operation }: ApiCall): OwnedService | undefined {
    return this.owners.find(
      (owner) => owner.service === service && (owner.operations?.has(operation) ?? true),
    )?.handler;
  }
}
