import { type Exists, namedPrincipals, principalsSeen } from '../../../operator/plan/named-principals';
import { policyWith } from '../../config/support/policy';
import { hubWith } from '../fake-hub';
import { accountIn, structureWith } from '../structures';

const structure = structureWith(accountIn('root', '222222222222', 'security'));
const arn = (account: string, what: string) => `arn:aws:iam::${account}:${what}`;
const policy = policyWith(`people:
  - { who: [{ role: "${arn('222222222222', 'role/path/here')}" }, { owners: Owners }], may: [view] }
  - { who: [{ role: "${arn('222222222222', 'role/here')}" }, { user: "${arn('222222222222', 'user/gone')}" }], may: [undo] }
  - { who: [{ role: "${arn('333333333333', 'role/there')}" }], may: [undo] }
breakGlass:
  - role: ${arn('999999999999', 'role/break-glass')}
  - role: ${arn('222222222222', 'role/secret')}
`);
/** IAM of the hub: who is there, and whom these credentials cannot ask about. */
const exists: Exists = async ({ name }) => (name === 'secret' ? undefined : name === 'here');
const seen = () => principalsSeen(hubWith({}), namedPrincipals(policy), structure, exists);

describe('roles and users that people names', () => {
  it('are each asked for once, with the line that names them first', () => {
    expect(namedPrincipals(policy).map(({ type, name, source }) => `${type} ${name} ${source}`)).toEqual([
      'role here policy.yaml:7',
      'user gone policy.yaml:8',
      'role there policy.yaml:9',
      'role break-glass policy.yaml:10',
      'role secret policy.yaml:10',
    ]);
  });

  it('are told where they do not exist, and once where that cannot be told', async () => {
    expect(await seen()).toEqual([
      'Warning: people names what does not exist: user gone of account 222222222222 (policy.yaml:8).',
      'Warning: people names what is of no account of the organization, and can give no order: role break-glass of account 999999999999 (policy.yaml:10).',
      'It could not be told with these credentials whether there is role there of account 333333333333 (policy.yaml:9), role secret of account 222222222222 (policy.yaml:10).',
    ]);
  });

  it('ask nobody where there are none', async () => {
    const asked = {
      ask: () => Promise.reject(new Error('asked')),
      caller: () => Promise.reject(new Error('asked')),
      region: '',
    };
    expect(await principalsSeen(asked, namedPrincipals(policyWith('')), structure, exists)).toEqual([]);
  });
});
