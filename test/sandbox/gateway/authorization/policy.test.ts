import fc from 'fast-check';
import { matchesPattern } from '../../../../sandbox/gateway/authorization/pattern';
import { parsePolicy } from '../../../../sandbox/gateway/authorization/policy';
import { PolicyDocumentError } from '../../../../sandbox/gateway/authorization/policy-document-error';

describe('parsePolicy', () => {
  it('takes a single statement, a single action and a single principal as lists of one', () => {
    const { statements } = parsePolicy(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: '1' }, Action: 'sqs:*', Resource: '*' },
      }),
      'resource',
    );
    expect(statements).toEqual([
      {
        label: 'statement 1',
        effect: 'Allow',
        principal: { AWS: ['1'] },
        action: ['sqs:*'],
        resource: ['*'],
        condition: {},
      },
    ]);
  });

  it('takes booleans and numbers as condition values', () => {
    const { statements } = parsePolicy(
      '{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false}}}}',
      'identity',
    );
    expect(statements[0]?.condition).toEqual({ Bool: { 'aws:SecureTransport': ['false'] } });
  });

  it.each([
    ['text that is not JSON', '{', 'not valid JSON'],
    ['no statement', '{}', 'no Statement'],
    ['an unknown effect', '{"Statement":{"Effect":"allow","Action":"*"}}', 'Effect must be Allow or Deny'],
    [
      'both Action and NotAction',
      '{"Statement":{"Effect":"Allow","Action":"*","NotAction":"*"}}',
      'either Action or NotAction',
    ],
    [
      'an unknown key',
      '{"Statement":{"Effect":"Allow","Action":"*","Conditions":{}}}',
      'unknown key: Conditions',
    ],
    ['an unknown version', '{"Version":"2020-01-01","Statement":[]}', 'Version must be'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parsePolicy(text, 'identity')).toThrow(message);
  });

  const principal = { Principal: '*' };
  const resource = { Resource: '*' };
  const both = { ...principal, ...resource };
  it.each([
    ['an identity policy without Resource', 'identity', {}, 'must contain resources'],
    ['an identity policy with Principal', 'identity', both, 'should not specify a principal'],
    [
      'an identity policy with NotPrincipal',
      'identity',
      { NotPrincipal: '*', ...resource },
      'should not specify a principal',
    ],
    ['a session policy without Resource', 'session', {}, 'must contain resources'],
    ['a session policy with Principal', 'session', both, 'should not specify a principal'],
    ['a resource policy without Resource', 'resource', principal, 'must contain resources'],
    ['a resource policy without Principal', 'resource', resource, 'Missing required field Principal'],
    ['a trust policy without Principal', 'trust', {}, 'Missing required field Principal'],
    ['a trust policy with Resource', 'trust', both, 'prohibited field Resource'],
    ['a repository’s policy without Principal', 'repository', {}, 'Missing required field Principal'],
    ['a repository’s policy with Resource', 'repository', both, 'prohibited field Resource'],
    ['an empty NotResource', 'session', { NotResource: [] }, 'must not be empty'],
  ] as const)('refuses %s', (_, kind, elements, message) => {
    const text = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sqs:*', ...elements } });
    expect(() => parsePolicy(text, kind)).toThrow(message);
  });

  it('takes NotResource for Resource, and a trust policy without either', () => {
    const text = (elements: object) =>
      JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', ...elements } });
    expect(parsePolicy(text({ NotResource: 'a' }), 'identity').statements).toHaveLength(1);
    expect(parsePolicy(text(principal), 'trust').statements[0]?.resource).toEqual(['*']);
  });

  it('throws nothing but its own error, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"Statement":${json}}`),
        ),
        (text) => {
          try {
            parsePolicy(text, 'identity');
          } catch (error) {
            expect(error).toBeInstanceOf(PolicyDocumentError);
          }
        },
      ),
    );
  });
});

describe('matchesPattern', () => {
  it('agrees with the same pattern as a regular expression', () => {
    const letters = fc.constantFrom('a', 'b', ':', '/');
    const text = fc.string({ unit: letters, maxLength: 8 });
    const pattern = fc.string({ unit: fc.oneof(letters, fc.constantFrom('*', '?')), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (glob, value) => {
        const expression = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesPattern(glob, value)).toBe(expression.test(value));
      }),
      { numRuns: 2_000 },
    );
  });
});
