import * as z from 'zod';
import { accountIdPattern, regionPattern } from '../../core/finding';
import {
  accountKeyPattern,
  newBucketNamePattern,
  organizationalUnitIdPattern,
  targetPattern,
  unitKeyPattern,
} from '../formats';
import { fixableControlIds, unusableControl } from '../known-controls';
import { unusableRegion } from '../regions';
import { text } from './parts';

const accountIdRight = 'an account id is twelve digits, in quotes: "111122223333".';

/** An account's id. */
export const accountId = text(accountIdPattern, accountIdRight);

/** A Region in which Staunch runs. */
export const region = z
  .string({ error: 'a Region is written like eu-west-1.' })
  .regex(regionPattern, { error: ({ input }) => unusableRegion(String(input)) ?? '', abort: true })
  .superRefine((name, { addIssue }) => {
    const message = unusableRegion(name);
    if (message !== undefined) addIssue({ code: 'custom', message });
  });

/** The name of a bucket that is created. */
export const newBucketName = text(
  newBucketNamePattern,
  "a bucket's name is 3 to 63 small letters, digits, hyphens and dots, like acme-config-history: it begins and ends with a letter or digit, is no IP address, and has none of AWS's own beginnings and ends, like xn-- and -s3alias.",
);

/** An organizational unit or the root, by id or by path. */
export const unitKey = z
  .string({ error: unitKeyRight('') })
  .regex(unitKeyPattern, { error: ({ input }) => unitKeyRight(String(input)) });

/** An account, by id or by name. */
export const accountKey = z
  .string({ error: accountKeyRight('') })
  .regex(accountKeyPattern, { error: ({ input }) => accountKeyRight(String(input)) })
  .refine((key) => !namesUnit(key), {
    error: 'this is an organizational unit, where an account is meant.',
  });

/** An organizational unit or the root, by id or by path; or an account, by id. */
export const target = z
  .string({ error: targetRight('') })
  .regex(targetPattern, { error: ({ input }) => targetRight(String(input)) });

/** A control that can fix, by its id. */
export const controlId = z.enum(fixableControlIds, {
  error: ({ input }) =>
    typeof input === 'string'
      ? unusableControl(input)
      : `the control's id, for example ${fixableControlIds[0]}.`,
});

function unitKeyRight(key: string): string {
  if (accountIdPattern.test(key)) return 'this is an account, where an organizational unit is meant.';
  if (key.startsWith('/')) {
    return 'a path is the names from the root down, each after a slash, like /Workloads/Prod: no empty name, no slash at the end, no space around a name.';
  }
  return 'an organizational unit is written by its id, like ou-abcd-11112222, or by its path, like /Workloads/Prod; the root is written /, or by its id, like r-abcd.';
}

function targetRight(key: string): string {
  if (/^\d+$/.test(key)) return accountIdRight;
  if (key.startsWith('/')) return unitKeyRight(key);
  return 'neither an organizational unit, written like ou-abcd-11112222 or by its path like /Workloads/Prod, nor the root, written / or like r-abcd, nor an account, written by its id in quotes.';
}

function accountKeyRight(key: string): string {
  if (/^\d+$/.test(key)) return accountIdRight;
  return 'an account is written by its id, twelve digits in quotes, or by its name: at most 50 printable ASCII characters, no space at an end.';
}

function namesUnit(key: string): boolean {
  return key.startsWith('/') || organizationalUnitIdPattern.test(key);
}
