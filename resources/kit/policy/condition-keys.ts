import {
  type FixedValue,
  fixedAccount,
  fixedArn,
  fixedCaller,
  fixedOrganization,
  fixedOrganizationPath,
  fixedText,
  fixedTruth,
  narrowNetwork,
} from './fixed-values';

/*
 * AWS's global condition keys, in lower case, and what their values name:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * A key that is not here limits nobody: a stranger chooses its value (`aws:PrincipalTag/…`, `aws:VpcSourceIp`, `aws:UserAgent`), calls
 * through a service (`aws:ViaAWSService`, `aws:CalledVia`), or has the same value as everybody (`aws:ResourceAccount`, `aws:CurrentTime`).
 */

/** Keys that say for whom a service acts. They are there only where a service calls by itself. */
export const sourceKeys: ReadonlyMap<string, FixedValue> = new Map([
  ['aws:sourcearn', fixedArn],
  ['aws:sourceaccount', fixedAccount],
  // Of SNS: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
  ['aws:sourceowner', fixedAccount],
  ['aws:sourceorgid', fixedOrganization],
  ['aws:sourceorgpaths', fixedOrganizationPath],
]);

/** Keys that let in services alone, and say nothing of for whom they act. */
export const serviceKeys: ReadonlyMap<string, FixedValue> = new Map([
  ['aws:principalisawsservice', fixedTruth],
  ['aws:principalservicename', fixedText],
  ['aws:principalservicenameslist', fixedText],
]);

/** Every key of which a fixed value limits a statement for everybody. */
export const limitingKeys: ReadonlyMap<string, FixedValue> = new Map([
  ...sourceKeys,
  ...serviceKeys,
  ['aws:principalarn', fixedArn],
  ['aws:principalaccount', fixedAccount],
  ['aws:principalorgid', fixedOrganization],
  ['aws:principalorgpaths', fixedOrganizationPath],
  ['aws:userid', fixedCaller],
  ['aws:sourceip', narrowNetwork],
  ['aws:sourcevpc', fixedText],
  ['aws:sourcevpce', fixedText],
  ['aws:sourcevpcarn', fixedArn],
  ['aws:vpceaccount', fixedAccount],
  ['aws:vpceorgid', fixedOrganization],
  ['aws:vpceorgpaths', fixedOrganizationPath],
]);
