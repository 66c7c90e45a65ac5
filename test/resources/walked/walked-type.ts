import type { FixableResourceType } from '../../../resources/resource-types';
import type { InMemoryAws } from '../../faults/aws/in-memory-aws';

/** An account and a Region that is walked. */
export interface WalkedPlace {
  accountId: string;
  region: string;
}

/** How the walk of a type meets AWS. */
export interface WalkedType {
  type: FixableResourceType;
  /** As many as a page holds. */
  inPage: number;
  list: string;
  throttled: string;
  plant(aws: InMemoryAws, of: WalkedPlace, number: number): string;
  remove(aws: InMemoryAws, id: string, of: WalkedPlace): void;
  /** The call that reads one by itself, and which one it names; absent where a page holds all that is read. */
  read?: { command: string; names: (input: object) => unknown };
}

/** A resource's number as text, in whose order names are sorted. */
export const named = (number: number) => String(number).padStart(4, '0');
