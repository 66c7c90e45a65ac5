import type { DocumentParameters } from './document-parameters';

/** What each parameter says; apart from the schema, so that no rule function carries it. */
export const documentParameterDescriptions: Readonly<Record<keyof DocumentParameters, string>> = {
  trustedAccounts:
    'Accounts, in quotes, beside the own one. Where this list or the next is not empty, a condition limits everybody only if each account and organization that it names is in one of them; where both are empty, any one does.',
  trustedOrganizations: 'Ids of organizations, for the same: `o-exampleorgid`. List your own one, too.',
  confusedDeputy:
    "What becomes of a statement that lets in one of AWS's services without saying for whom it acts: `ignore` it, `report` it beside the findings, or `fix` it, which is lossy, by limiting it to the resource's own account.",
};
