import { principalsOf } from '../../../../resources/kit/policy/principals';

const root = 'arn:aws:iam::111122223333:root';

describe('the principals of a statement', () => {
  it('are those of each kind that are not everybody, whatever the kind is called', () => {
    const statement = JSON.parse(
      `{"Principal": {"AWS": ["*", "${root}"], "__proto__": "${root}", "Service": "*", "CanonicalUser": []}}`,
    );

    const { everybody, named } = principalsOf(statement, 'Policy.Statement[0]');

    expect(everybody).toBe(true);
    expect(JSON.stringify(named)).toBe(`{"AWS":["${root}"],"__proto__":"${root}"}`);
  });

  it('are read within the time that a test has where somebody wrote thousands of kinds', () => {
    const kinds = Array.from({ length: 15_000 }, (_, index) => [`kind ${index}`, root] as const);
    const statement = { Principal: { AWS: '*', ...Object.fromEntries(kinds) } };

    const { named } = principalsOf(statement, 'Policy.Statement[0]');

    expect(Object.keys(named ?? {})).toHaveLength(kinds.length);
  });
});
