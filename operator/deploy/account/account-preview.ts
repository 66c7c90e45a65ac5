import { roleNames } from '../../../core/names';
import { changingActions, countsOf, type PreviewedTemplate, type ResourceCount } from '../preview';

/** What an account's own stacks make, and what that may do. */
export interface AccountPreview {
  regions: readonly { region: string; resources: readonly ResourceCount[] }[];
  /** Actions of IAM by which something can be changed there, sorted. */
  mayChange: readonly string[];
}

/** What an account's own stacks make. Pure. */
export function accountPreview(
  stacks: readonly { region: string; template: PreviewedTemplate }[],
): AccountPreview {
  return {
    regions: stacks.map(({ region, template }) => ({ region, resources: countsOf(template) })),
    mayChange: [...new Set(stacks.flatMap(({ template }) => changingActions(onlyFixing(template))))].sort(),
  };
}

/** The role that can write, without those that report: what these change is Staunch's own. */
function onlyFixing({ Resources }: PreviewedTemplate): PreviewedTemplate {
  return {
    Resources: Object.fromEntries(
      Object.entries(Resources).filter(
        ([, { Properties }]) => Properties?.RoleName === roleNames.remediation,
      ),
    ),
  };
}
