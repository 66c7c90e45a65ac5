import { UnsupportedError } from '../../failures';
import type { Learned } from '../../gateway/learned';
import type { MotoConnection } from '../../gateway/moto-connection';
import { parseXml, xmlText } from '../../gateway/protocols/xml';
import type { Observe } from '../service';
import { Roles } from './roles';

/** Learns roles and their policies from IAM's write calls. */
export const observe: Observe = async (call, answer, { learned, moto }) => {
  const { accountId, operation } = call;
  const p = call.parameters as Record<string, string | undefined>;
  const roles = learned.of(Roles);
  const role = p.RoleName ? roles.named(accountId, p.RoleName) : undefined;
  switch (operation) {
    case 'CreateRole': {
      if (p.PermissionsBoundary) {
        throw new UnsupportedError(
          `The role ${p.RoleName} has a permissions boundary, which the sandbox does not enforce.`,
        );
      }
      const created = parseXml(answer.body);
      const path = ['CreateRoleResponse', 'CreateRoleResult', 'Role'];
      const arn = xmlText(created, ...path, 'Arn');
      if (!arn || !p.RoleName) return;
      const trustPolicy = p.AssumeRolePolicyDocument ?? '';
      roles.add({
        accountId,
        name: p.RoleName,
        arn,
        id: xmlText(created, ...path, 'RoleId') ?? '',
        trustPolicy,
        maxSessionSeconds: Number(p.MaxSessionDuration ?? 3600),
        inlinePolicies: new Map(),
        attachedPolicies: new Set(),
      });
      return;
    }
    case 'DeleteRole':
      if (p.RoleName) roles.remove(accountId, p.RoleName);
      return;
    case 'UpdateAssumeRolePolicy':
      if (role && p.PolicyDocument) role.trustPolicy = p.PolicyDocument;
      return;
    case 'UpdateRole':
      if (role && p.MaxSessionDuration) role.maxSessionSeconds = Number(p.MaxSessionDuration);
      return;
    case 'PutRolePermissionsBoundary':
      throw new UnsupportedError(
        `The role ${p.RoleName} has a permissions boundary, which the sandbox does not enforce.`,
      );
    case 'PutRolePolicy':
      if (role && p.PolicyName && p.PolicyDocument) role.inlinePolicies.set(p.PolicyName, p.PolicyDocument);
      return;
    case 'DeleteRolePolicy':
      if (role && p.PolicyName) role.inlinePolicies.delete(p.PolicyName);
      return;
    case 'AttachRolePolicy':
      if (!role || !p.PolicyArn) return;
      if (!roles.knowsManagedPolicy(p.PolicyArn))
        await learnManagedPolicy(p.PolicyArn, accountId, learned, moto);
      role.attachedPolicies.add(p.PolicyArn);
      return;
    case 'DetachRolePolicy':
      if (role && p.PolicyArn) role.attachedPolicies.delete(p.PolicyArn);
      return;
    case 'CreatePolicy': {
      const arn = xmlText(
        parseXml(answer.body),
        'CreatePolicyResponse',
        'CreatePolicyResult',
        'Policy',
        'Arn',
      );
      if (arn && p.PolicyDocument) roles.setManagedPolicy(arn, p.PolicyDocument);
      return;
    }
    case 'CreatePolicyVersion':
    case 'SetDefaultPolicyVersion':
      if (p.PolicyArn) await learnManagedPolicy(p.PolicyArn, accountId, learned, moto);
      return;
  }
};

/** Reads the default version of a managed policy, AWS's own ones included, from moto. */
async function learnManagedPolicy(
  policyArn: string,
  accountId: string,
  learned: Learned,
  moto: MotoConnection,
): Promise<void> {
  const policy = await moto.query('iam', accountId, {
    Action: 'GetPolicy',
    Version: '2010-05-08',
    PolicyArn: policyArn,
  });
  const versionId = xmlText(policy, 'GetPolicyResponse', 'GetPolicyResult', 'Policy', 'DefaultVersionId');
  const version =
    versionId &&
    (await moto.query('iam', accountId, {
      Action: 'GetPolicyVersion',
      Version: '2010-05-08',
      PolicyArn: policyArn,
      VersionId: versionId,
    }));
  const document = xmlText(
    version,
    'GetPolicyVersionResponse',
    'GetPolicyVersionResult',
    'PolicyVersion',
    'Document',
  );
  if (!document) throw new UnsupportedError(`The managed policy ${policyArn} could not be read from moto.`);
  learned.of(Roles).setManagedPolicy(policyArn, decodeURIComponent(document));
}
