/** Key of the tag with which a resource's owners exempt it for a time, where the policy lets tags exempt. */
export const exemptUntilTag = 'staunch:exempt-until';
