import * as z from 'zod/mini';
import { control } from '../../../controls/security-group-wide-open';
import { plan } from '../../../controls/security-group-wide-open/plan';
import type { SecurityGroup } from '../../../resources/security-group/model';

/** What security-group-wide-open says of a group. */
export function wideEvaluated(group: SecurityGroup, overrides: object = {}) {
  return control.evaluate(group, z.parse(control.parameters, overrides));
}

/** What it would do about it. */
export function widePlanned(group: SecurityGroup, overrides: object = {}) {
  return plan(group, z.parse(control.parameters, overrides));
}
