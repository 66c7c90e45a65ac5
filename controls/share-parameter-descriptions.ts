import type { ShareParameters, ShareWithOrganizationsParameters } from './share-parameters';

/** What each parameter says, where organizations cannot be named. */
export const shareParameterDescriptions: Readonly<Record<keyof ShareParameters, string>> = {
  trustedAccounts:
    'Ids of accounts that it may be shared with. Where the list is empty, only sharing with everybody is a violation; where it is not, so is each other account, and taking one is lossy.',
};

/** What each parameter says, where they can. */
export const shareWithOrganizationsParameterDescriptions: Readonly<
  Record<keyof ShareWithOrganizationsParameters, string>
> = {
  trustedAccounts:
    'Ids of accounts that it may be shared with. Where this list and `trustedOrganizations` are empty, only sharing with everybody is a violation; where one is not, so is each account, organization and unit that neither names, and taking one is lossy.',
  trustedOrganizations:
    'Ids of organizations that it may be shared with, as a whole or by a unit. An account is not trusted for being in one.',
};
