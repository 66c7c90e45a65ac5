import { xmlAt } from '../../gateway/protocols/xml';

/** Groups that stand for everybody. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee-predefined-groups */
const publicGroups = [
  'http://acs.amazonaws.com/groups/global/AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
];

const grantParameters = ['GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWrite', 'GrantWriteACP'];

/** Whether a call's canned ACL, grant headers or ACL document would make something public. */
export function setsPublicAcl(parameters: Record<string, unknown>): boolean {
  if (/^(public-read|public-read-write|authenticated-read)$/.test(String(parameters.ACL))) return true;
  if (grantParameters.some((name) => namesPublicGroup(String(parameters[name] ?? '')))) return true;
  const grants = xmlAt(parameters, 'AccessControlPolicy', 'AccessControlList', 'Grant');
  return grants !== undefined && namesPublicGroup(JSON.stringify(grants));
}

/** Whether a call carries any ACL. */
export function setsAcl(parameters: Record<string, unknown>): boolean {
  return ['ACL', 'AccessControlPolicy', ...grantParameters].some((name) => parameters[name] !== undefined);
}

/** An ACL document without its public grants: what counts under IgnorePublicAcls. */
export function withoutPublicGrants(acl: string): string {
  return acl.replace(/<Grant>.*?<\/Grant>/gs, (grant) => (namesPublicGroup(grant) ? '' : grant));
}

/** An ACL document with the owner's grants alone: what counts under BucketOwnerEnforced. */
export function ownerGrantsOnly(acl: string): string {
  const owner = /<Owner>.*?<ID>(.*?)<\/ID>/s.exec(acl)?.[1] ?? '';
  return acl.replace(/<Grant>.*?<\/Grant>/gs, (grant) => (grant.includes(`<ID>${owner}</ID>`) ? grant : ''));
}

function namesPublicGroup(text: string): boolean {
  return publicGroups.some((group) => text.includes(group));
}
