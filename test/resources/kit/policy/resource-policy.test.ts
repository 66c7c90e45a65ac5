import { ResourceInputError } from '../../../../core/errors';
import { readPolicy } from '../../../../resources/kit/policy/resource-policy';

const textWith = (inside: string) =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*",${inside}}]}`;

/** What AWS reads in them is not documented: whoever takes one of two readings may call an open resource closed. */
describe('the text of a policy is not understood', () => {
  it.each([
    ['two principals', '"Principal":"*","Principal":{"AWS":"444455556666"}'],
    ['two principals, one of them escaped', '"Principal":"*","\\u0050rincipal":{"AWS":"444455556666"}'],
    [
      'an operator twice',
      '"Principal":"*","Condition":{"StringLike":{"aws:PrincipalOrgID":"*"},"StringLike":{"aws:PrincipalOrgID":"o-a"}}',
    ],
    [
      'a key twice',
      '"Principal":"*","Condition":{"StringLike":{"aws:PrincipalOrgID":"*", "aws:PrincipalOrgID" :"o-a"}}',
    ],
    [
      'a key twice, in letters of another case',
      '"Principal":"*","Condition":{"StringLike":{"aws:PrincipalOrgID":"*","AWS:PrincipalOrgId":"o-a"}}',
    ],
    [
      'an operator twice, in letters of another case',
      '"Principal":"*","Condition":{"StringLike":{"aws:PrincipalOrgID":"*"},"stringlike":{"aws:PrincipalArn":"x"}}',
    ],
    [
      'a principal twice, beside numbers that are shorter than they look',
      '"Principal":"*","Principal":{"AWS":"4"},"Condition":{"NumericLessThan":{"x":[1E20,1E20,1E20]}}',
    ],
    [
      'more depth than a stack has',
      `"Principal":"*","Condition":${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    ],
    ['a principal in other letters', '"Principal":{"AWS":"444455556666"},"principal":"*"'],
    ['a condition in other letters', '"Principal":{"AWS":"444455556666"},"condition":{}'],
  ])('with %s', (_, inside) => {
    expect(() => readPolicy(textWith(inside), 'Policy')).toThrow(ResourceInputError);
  });
});

describe('the text of a policy is understood', () => {
  it.each([
    [
      'colons, quotes and backslashes in its texts',
      '"Sid":":\\":\\\\","Principal":{"AWS":":","Service":"\\\\"}',
    ],
    ['the same name in several objects', '"Principal":{"AWS":"*"},"Condition":{"Bool":{"AWS":"true"}}'],
    ['space around its names', '"Principal" : {\n "AWS"\t:"*" }'],
    ['an element that nobody knows', '"Principal":"*","Note":"x"'],
    ['a name of JavaScript', '"Principal":"*","Condition":{"__proto__":{"a":"b"}}'],
  ])('with %s', (_, inside) => {
    expect(readPolicy(textWith(inside), 'Policy').statements).toHaveLength(1);
  });
});
