import type { JsonObject } from '../../../core/json';

/** An account that a policy may name. */
export const partner = 'arn:aws:iam::444455556666:root';

/** The text of a policy. */
export function policyOf(...Statement: JsonObject[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** Policies that let everybody in, by what they are. */
export const publicPolicies: Readonly<Record<string, (statement: StatementMaker, words: string) => string>> =
  {
    'a policy for everybody': (of, words) => policyOf(of('*', { Sid: words })),
    'a policy for every account': (of, words) => policyOf(of({ AWS: '*' }, { Sid: words })),
    'a policy for everybody in a list': (of, words) => policyOf(of({ AWS: [partner, '*'] }, { Sid: words })),
    'a policy for everybody, beside a partner and a Deny': (of, words) =>
      policyOf(
        of({ AWS: partner }, { Sid: 'Partner' }),
        of('*', { Sid: words }),
        of('*', { Effect: 'Deny', Sid: 'Tls', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ),
    'a policy for everybody but one': (of) => {
      const { Principal: _principal, ...rest } = of('*');
      return policyOf({ ...rest, NotPrincipal: { AWS: partner } });
    },
    'a policy for everybody from half of the internet': (of) =>
      policyOf(of('*', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } })),
    'a policy whose only statement is an object': (of) =>
      JSON.stringify({ Version: '2012-10-17', Statement: of('*') }),
  };

/** Policies that let in only whom they name. */
export const privatePolicies: Readonly<Record<string, (statement: StatementMaker, words: string) => string>> =
  {
    'a policy for a partner': (of, words) => policyOf(of({ AWS: partner }, { Sid: words })),
    'a policy for one network': (of, words) =>
      policyOf(of('*', { Sid: words, Condition: { IpAddress: { 'aws:SourceIp': '52.95.110.0/24' } } })),
    'a policy for the organization': (of) =>
      policyOf(of('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } } })),
    'a policy for a topic': (of) =>
      policyOf(
        of('*', { Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:444455556666:a' } } }),
      ),
    'a Deny for everybody': (of) => policyOf(of('*', { Effect: 'Deny' })),
  };

/** Makes a statement of a resource's policy that allows something, with parts of it replaced. */
export type StatementMaker = (Principal: JsonObject | string, more?: JsonObject) => JsonObject;

/** What an owner can write as a Sid, in whatever text. */
export function statementMaker(Action: string, Resource: string): StatementMaker {
  return (Principal, more = {}) => ({ Effect: 'Allow', Principal, Action, Resource, ...more });
}
