import fc from 'fast-check';
import { matchesPattern } from '../../../../sandbox/gateway/authorization/pattern';
import { PolicyDocumentError, parsePolicy } from '../../../../sandbox/gateway/authorization/policy';

describe('parsePolicy', () => {
  it('takes a single statement, a single action and a single principal as lists of one', () => {
    const { statements } = parsePolicy(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: '1' }, Action: 'sqs:*', Resource: '*' },
      }),
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
    expect(() => parsePolicy(text)).toThrow(message);
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
            parsePolicy(text);
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
