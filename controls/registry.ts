import { control as cloudtrailEnabled } from './cloudtrail-enabled';
import type { Control, CustomControl, ManagedControl } from './control';
import { control as iamPasswordPolicy } from './iam-password-policy';
import { control as s3PublicAccess } from './s3-public-access';
import { control as securityGroupOpenPorts } from './security-group-open-ports';

/** Controls that Staunch evaluates and can fix itself. */
export const customControls: readonly CustomControl[] = [securityGroupOpenPorts, s3PublicAccess];

/** Controls that AWS Config's managed rules evaluate. */
export const managedControls: readonly ManagedControl[] = [iamPasswordPolicy, cloudtrailEnabled];

/** Every control. Infrastructure, permissions and documentation follow from this list. */
export const controls: readonly Control[] = [...customControls, ...managedControls];

/** The control with this id, or undefined when there is none. */
export function controlById(id: string): Control | undefined {
  return controls.find((control) => control.id === id);
}
