import { cloudTrailEnabled } from './cloudtrail-enabled';
import { iamPasswordPolicy } from './iam-password-policy';
import type { ManagedRule } from './managed-rule';

/** The managed rules that the sandbox can evaluate. */
export const managedRules: readonly ManagedRule[] = [iamPasswordPolicy, cloudTrailEnabled];
