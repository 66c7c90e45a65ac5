import type { InMemoryAws } from '../../../test/faults/aws/in-memory-aws';

/** One account and Region of the bench, in which resources lie. */
export interface HoldingPlace {
  accountId: string;
  region: string;
  /** The account's number, from 0. */
  account: number;
  /** The Region's number, from 0. */
  regionNumber: number;
}

/** What an account holds of one resource type in each Region. The numbers are assumptions. */
export interface Holding {
  /** How many a usual account holds. */
  usual: number;
  /** How many a large one holds: a platform's, or a data team's. */
  large: number;
  /**
   * Puts one into an AWS in memory.
   * @param index its number among those of its type in this place, from 0
   */
  plant(aws: InMemoryAws, place: HoldingPlace, index: number): void;
}

/** Seventeen hexadecimal digits, as ids of EC2 have them; no two of a type are the same. */
export function hexadecimalOf({ account, regionNumber }: HoldingPlace, index: number): string {
  return (account * 10_000 + regionNumber * 5_000 + index).toString(16).padStart(17, '0');
}
