import type { Organization } from '../../config/organization';
import type { Control } from '../../controls/control';

/** What members follow from. */
export interface MemberProps {
  organization: Organization;
  controls: readonly Control[];
}
