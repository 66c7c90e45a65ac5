import { parseCompiledPolicy } from '../../config/compiled';
import { policyJsonSchema } from '../../config/json-schema';
import { namedKeys } from '../../config/named-keys';
import { usesNames, usesPaths } from '../../config/place';
import { policyDigest } from '../../config/policy-digest';
import { policyWith, problemsWith } from './support/policy';

const people = `people:
  - who:
      - role: arn:aws-us-gov:iam::222222222222:role/security/team/responders
      - user: arn:aws:iam::222222222222:user/division/maria
      - person: { permissionSet: SecurityTeam, email: alice@example.com }
      - person: { permissionSet: SecurityTeam, email: bob@example.com, account: "333333333333" }
      - owners: StaunchOwners
    may: [undo, view]
    where:
      organizationalUnits: [/Workloads/Prod, ou-abcd-sandbox0]
      accounts: [payments-prod, "333333333333"]
      controls: [s3-public-access]
  - who: [{ role: arn:aws:iam::222222222222:role/preview }]
    may: [preview]
`;
const compiled = policyWith(`${people}twoPersons: [undo]
breakGlass:
  - role: arn:aws:iam::222222222222:role/break-glass
`);

describe('people of the policy', () => {
  it('are compiled as they are matched: without paths, with the line of each entry', () => {
    expect(compiled.people).toEqual({
      entries: [
        {
          who: [
            { role: { account: '222222222222', name: 'responders' } },
            { user: { account: '222222222222', name: 'maria' } },
            {
              person: { permissionSet: 'SecurityTeam', email: 'alice@example.com', account: '222222222222' },
            },
            { person: { permissionSet: 'SecurityTeam', email: 'bob@example.com', account: '333333333333' } },
            { owners: 'StaunchOwners' },
          ],
          may: ['undo', 'view'],
          where: {
            organizationalUnits: ['/Workloads/Prod', 'ou-abcd-sandbox0'],
            accounts: ['payments-prod', '333333333333'],
            controls: ['s3-public-access'],
          },
          source: 'policy.yaml:7',
        },
        {
          who: [{ role: { account: '222222222222', name: 'preview' } }],
          may: ['preview'],
          source: 'policy.yaml:18',
        },
      ],
      twoPersons: ['undo'],
      breakGlass: {
        who: [{ role: { account: '222222222222', name: 'break-glass' } }],
        source: 'policy.yaml:21',
      },
    });
  });

  it('are read back as they were', () => {
    expect(parseCompiledPolicy(JSON.stringify(compiled))).toEqual(compiled);
  });

  it('name accounts and units as the rest of the policy does', () => {
    expect(namedKeys(compiled)).toEqual({
      accounts: [
        { key: 'payments-prod', source: 'policy.yaml:7' },
        { key: '333333333333', source: 'policy.yaml:7' },
      ],
      units: [
        { key: '/Workloads/Prod', source: 'policy.yaml:7' },
        { key: 'ou-abcd-sandbox0', source: 'policy.yaml:7' },
      ],
    });
    expect([usesNames(compiled), usesPaths(compiled)]).toEqual([true, true]);
  });

  it.each(['', 'people:\n', 'people:\ntwoPersons:\nbreakGlass:\n'])(
    'change nothing of a policy that names nobody: %j',
    (section) => {
      const policy = policyWith(section);
      expect(policy).not.toHaveProperty('people');
      expect(policyDigest(policy)).toBe(policyDigest(policyWith('')));
    },
  );

  it('may be absent of what was deployed before', () => {
    expect(parseCompiledPolicy(JSON.stringify(policyWith('')))).not.toHaveProperty('people');
  });

  it.each<[string, object]>([
    [
      'a right of another version',
      { entries: [{ who: [{ owners: 'A' }], may: ['destroy'], source: 'x:1' }] },
    ],
    ['somebody of another version', { entries: [{ who: [{ slack: 'U1' }], may: ['view'], source: 'x:1' }] }],
    ['nobody', { entries: [{ who: [], may: ['view'], source: 'x:1' }] }],
    [
      'a place that says nothing',
      { entries: [{ who: [{ owners: 'A' }], may: ['view'], where: {}, source: 'x:1' }] },
    ],
    ['owners who break the glass', { entries: [], breakGlass: { who: [{ owners: 'A' }], source: 'x:1' } }],
  ])('are not trusted with %s', (_what, said) => {
    const json = JSON.stringify({ ...compiled, people: { twoPersons: [], ...said } });
    expect(() => parseCompiledPolicy(json)).toThrow('malformed at people');
  });

  it('need one who could be the second of two', () => {
    const with2 = (who: string) =>
      problemsWith(`people: [{ who: [${who}], may: [undo] }]\ntwoPersons: [undo]\n`);
    const nobody = [expect.stringMatching(/^7:14 twoPersons\[0\]: undo: nobody could be the second: /)];
    expect(with2('{ role: "arn:aws:iam::222222222222:role/Team" }')).toEqual(nobody);
    expect(with2('{ owners: Team }')).toEqual(nobody);
    expect(with2('{ person: { permissionSet: Team, email: alice@example.com } }')).toEqual([]);
    const reserved = 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Team_0123456789abcdef';
    expect(with2(`{ role: "arn:aws:iam::222222222222:role/${reserved}" }`)).toEqual([]);
  });

  it('are known to editors: one key each of who may, and a place that says something', () => {
    const { properties } = JSON.parse(policyJsonSchema());
    for (const key of ['people', 'twoPersons', 'breakGlass']) {
      expect(properties[key]).toMatchObject({ type: ['array', 'null'], minItems: 1 });
    }
    const { required, properties: entry } = properties.people.items;
    expect(required).toEqual(['who', 'may']);
    expect(entry.who.items).toMatchObject({ minProperties: 1, maxProperties: 1 });
    expect(entry.where).toMatchObject({ minProperties: 1 });
    expect(entry.may.items.enum).toContain('thaw');
    expect(properties.twoPersons.items.enum).not.toContain('view');
  });
});
