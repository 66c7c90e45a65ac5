import fc from 'fast-check';
import {
  type Actor,
  type AwsActor,
  actorId,
  actorOf,
  actorSchema,
  actorText,
  type CallerIdentity,
  isPerson,
  isSamePerson,
  personOf,
  type SlackActor,
  slackActor,
} from '../../core/actor';

const account = '222222222222';

/** As API Gateway says it of a session of a role. */
function sessionOf(role: string, session: string, more: CallerIdentity = {}): CallerIdentity {
  return {
    accountId: account,
    userArn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    caller: `AROAEXAMPLEEXAMPLE000:${session}`,
    ...more,
  };
}

function understood(identity: CallerIdentity): AwsActor {
  const actor = actorOf(identity);
  if (!actor) throw new Error(`not understood: ${JSON.stringify(identity)}`);
  return actor;
}

const owners: AwsActor = { kind: 'aws', account, type: 'role', name: 'StaunchOwners', session: 'maria' };
const teamRole = 'AWSReservedSSO_SecurityTeam_0123456789abcdef';
const alice = understood(sessionOf(teamRole, 'alice@example.com'));

describe('who API Gateway says called', () => {
  it('is a role, with what the session calls itself', () => {
    expect(actorOf(sessionOf('StaunchOwners', 'maria'))).toEqual(owners);
  });

  it('is a user, whatever path lies before the name', () => {
    for (const path of ['', 'division/team/', 'a//b/', ':x:/']) {
      const userArn = `arn:aws:iam::${account}:user/${path}maria`;
      expect(actorOf({ accountId: account, userArn, caller: 'AIDAEXAMPLE' })).toEqual({
        kind: 'aws',
        account,
        type: 'user',
        name: 'maria',
      });
    }
  });

  it('is root', () => {
    const userArn = `arn:aws:iam::${account}:root`;
    expect(actorOf({ accountId: account, userArn, caller: account })).toEqual({
      kind: 'aws',
      account,
      type: 'root',
      name: 'root',
    });
  });

  it.each(['aws-us-gov', 'aws-cn', 'aws-iso-b'])('is understood in the partition %s', (partition) => {
    const userArn = `arn:${partition}:sts::${account}:assumed-role/StaunchOwners/maria`;
    expect(actorOf(sessionOf('StaunchOwners', 'maria', { userArn }))).toEqual(owners);
  });

  it('is understood without the id of the principal', () => {
    for (const caller of [null, undefined, '']) {
      expect(actorOf({ ...sessionOf('StaunchOwners', 'maria'), caller: caller ?? null })).toEqual(owners);
    }
  });

  it('survives as JSON', () => {
    expect(actorSchema.parse(JSON.parse(JSON.stringify(alice)))).toEqual(alice);
  });
});

const arn = (rest: string) => ({ accountId: account, userArn: rest, caller: null });

describe('who is not understood', () => {
  it.each<[string, CallerIdentity]>([
    ['nobody', {}],
    ['nulls, as without authorization', { accountId: null, userArn: null, caller: null }],
    ['no account', { ...sessionOf('StaunchOwners', 'maria'), accountId: null }],
    ['no ARN', { ...sessionOf('StaunchOwners', 'maria'), userArn: null }],
    ['another account than the ARN has', sessionOf('StaunchOwners', 'maria', { accountId: '333333333333' })],
    ['another session than the principal has', sessionOf('StaunchOwners', 'maria', { caller: 'AROA:bob' })],
    ['a principal of another kind', sessionOf('StaunchOwners', 'maria', { caller: 'AIDAEXAMPLE' })],
    ['a federated user', arn(`arn:aws:sts::${account}:federated-user/maria`)],
    ['a role that nobody assumed', arn(`arn:aws:iam::${account}:role/StaunchOwners`)],
    ['a session without a name', arn(`arn:aws:sts::${account}:assumed-role/StaunchOwners`)],
    ['a session with an empty name', arn(`arn:aws:sts::${account}:assumed-role/StaunchOwners/`)],
    ['a session with a path', arn(`arn:aws:sts::${account}:assumed-role/path/StaunchOwners/maria`)],
    ['a session of IAM', arn(`arn:aws:iam::${account}:assumed-role/StaunchOwners/maria`)],
    ['a user of STS', arn(`arn:aws:sts::${account}:user/maria`)],
    ['a user without a name', arn(`arn:aws:iam::${account}:user/`)],
    ['a group', arn(`arn:aws:iam::${account}:group/security`)],
    ['root with more', arn(`arn:aws:iam::${account}:root/x`)],
    ['a name that no role has', arn(`arn:aws:sts::${account}:assumed-role/a b/maria`)],
    ['a name with a line end', arn(`arn:aws:iam::${account}:user/maria\n`)],
    ['an ARN with something before it', arn(` arn:aws:iam::${account}:user/maria`)],
    ['an ARN of another cloud', arn(`arn:other:iam::${account}:user/maria`)],
    ['an ARN with a Region', arn(`arn:aws:iam:eu-west-1:${account}:user/maria`)],
    ['an account that is none', { accountId: '22', userArn: 'arn:aws:iam::22:root', caller: '22' }],
    ['words', arn('root')],
  ])('%s', (_what, identity) => {
    expect(actorOf(identity)).toBeUndefined();
  });

  it('is everybody whose ARN is text of a stranger', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 80 });
    fc.assert(
      fc.property(hostile, hostile, (userArn, caller) => {
        expect(actorOf({ accountId: account, userArn, caller })).toBeUndefined();
      }),
      { seed: 13, numRuns: 500 },
    );
  });
});

describe('a person', () => {
  it('is whom Identity Center signed in', () => {
    expect(personOf(alice)).toEqual({ name: 'alice@example.com', permissionSet: 'SecurityTeam' });
  });

  it('may have a permission set with underscores', () => {
    const role = 'AWSReservedSSO_Security_Team_2_0123456789abcdef';
    expect(personOf(understood(sessionOf(role, 'alice@example.com')))?.permissionSet).toBe('Security_Team_2');
  });

  it.each([
    'StaunchOwners',
    'SecurityTeam',
    'AWSReservedSSO_SecurityTeam',
    'AWSReservedSSO_SecurityTeam_0123456789abcde',
    'AWSReservedSSO_SecurityTeam_0123456789ABCDEF',
    'AWSReservedSSO_SecurityTeam_0123456789abcdef0',
    'AWSReservedSSO__0123456789abcdef',
    'awsreservedsso_SecurityTeam_0123456789abcdef',
    'xAWSReservedSSO_SecurityTeam_0123456789abcdef',
  ])('is none for the role %s, whatever its session is named', (role) => {
    expect(personOf(understood(sessionOf(role, 'alice@example.com')))).toBeUndefined();
  });

  it('is none for a user or root', () => {
    expect(personOf({ kind: 'aws', account, type: 'user', name: teamRole })).toBeUndefined();
    expect(personOf({ kind: 'aws', account, type: 'root', name: 'root' })).toBeUndefined();
  });

  it('is none where the name is one that AWS lets no session have', () => {
    for (const session of [
      'alice@example.com ',
      'alice@example.com\n',
      'älice@example.com',
      'a'.repeat(65),
    ]) {
      expect(personOf(understood(sessionOf(teamRole, session)))).toBeUndefined();
    }
  });
});

describe('the id of an actor', () => {
  it('has no session', () => {
    expect(actorId(owners)).toBe(`aws:${account}:role/StaunchOwners`);
    expect(actorId({ ...owners, session: 'bob' })).toBe(actorId(owners));
  });

  it('has the name of a person', () => {
    expect(actorId(alice)).toBe(`aws:${account}:role/${teamRole}/alice@example.com`);
  });

  it('tells kinds and accounts apart', () => {
    const ids = [
      owners,
      { ...owners, account: '333333333333' },
      { kind: 'aws', account, type: 'user', name: 'StaunchOwners' },
      { kind: 'aws', account, type: 'root', name: 'root' },
      { kind: 'aws', account, type: 'user', name: 'root' },
    ] as const satisfies readonly Actor[];
    expect(new Set(ids.map(actorId)).size).toBe(ids.length);
  });
});

describe('the same person', () => {
  const inOther = { accountId: '333333333333' };

  it('is in another account, by another permission set, and written otherwise', () => {
    const role = 'AWSReservedSSO_Administrators_fedcba9876543210';
    const userArn = `arn:aws:sts::333333333333:assumed-role/${role}/Alice@Example.com`;
    const again = understood({ ...inOther, userArn, caller: 'AROA:Alice@Example.com' });
    expect(isSamePerson(alice, again)).toBe(true);
  });

  it('is not another one of the same permission set', () => {
    expect(isSamePerson(alice, understood(sessionOf(teamRole, 'bob@example.com')))).toBe(false);
  });

  it('is not a role whose session has that name', () => {
    expect(isSamePerson(alice, understood(sessionOf('StaunchOwners', 'alice@example.com')))).toBe(false);
  });

  it('is every session of a role', () => {
    expect(isSamePerson(owners, { ...owners, session: 'bob' })).toBe(true);
    expect(isSamePerson(owners, { ...owners, account: '333333333333' })).toBe(false);
  });
});

describe('an actor for people', () => {
  it.each<[Actor, string]>([
    [alice, `alice@example.com (SecurityTeam in account ${account})`],
    [owners, `role StaunchOwners of account ${account} (calls itself "maria")`],
    [{ kind: 'aws', account, type: 'role', name: 'Deploy' }, `role Deploy of account ${account}`],
    [{ kind: 'aws', account, type: 'user', name: 'maria' }, `user maria of account ${account}`],
    [{ kind: 'aws', account, type: 'root', name: 'root' }, `root of account ${account}`],
  ])('%#', (actor, text) => {
    expect(actorText(actor)).toBe(text);
  });

  it.each([
    ['") root of account 111111111111 ("', '\\") root of account 111111111111 (\\"'],
    ['a\nb\u001b[31mc', 'a\\nb\\u001b[31mc'],
    ['\u202egnp\u200b', '\\u{202e}gnp\\u{200b}'],
    ['<!channel> *b*', '<!channel> *b*'],
    ['\u007f😀', '\\u{7f}\\u{1f600}'],
  ])('shows the session %j harmless', (session, shown) => {
    expect(actorText({ ...owners, session })).toBe(
      `role StaunchOwners of account ${account} (calls itself "${shown}")`,
    );
  });

  it('is printable ASCII of at most 300 characters, and no session leaves its quotes', () => {
    const session = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 120 })
      .filter((s) => !s.includes('/'));
    fc.assert(
      fc.property(session, fc.constantFrom('Owners', 'R'.repeat(64), teamRole), (name, role) => {
        const actor = understood(sessionOf(role, name));
        const text = actorText(actor);
        expect(text).toMatch(/^[ -~]{1,300}$/);
        if (personOf(actor)) return;
        expect(text).toMatch(/^role [\w]+ of account 222222222222 \(calls itself "(?:[^"\\]|\\.)*"\)$/);
      }),
      { seed: 13, numRuns: 1000 },
    );
  });
});

describe('a user of Slack', () => {
  const inSlack: SlackActor = { kind: 'slack', team: 'T0123456789', user: 'U0ALICE0001', groups: [] };
  const email = 'Alice@Example.com';

  it('is a person, with an id of the workspace and the user', () => {
    expect(isPerson(inSlack)).toBe(true);
    expect(personOf(inSlack)).toBeUndefined();
    expect(actorId(inSlack)).toBe('slack:T0123456789:U0ALICE0001');
    expect(actorId({ ...inSlack, name: 'bob', groups: ['S0SECURITY1'] })).toBe(actorId(inSlack));
  });

  it('is the same person as one of Identity Center by the e-mail address, however it is written', () => {
    expect(isSamePerson({ ...inSlack, email }, alice)).toBe(true);
    expect(isSamePerson(alice, { ...inSlack, email })).toBe(true);
    expect(isSamePerson({ ...inSlack, email: 'bob@example.com' }, alice)).toBe(false);
  });

  it('may be anybody where no e-mail address is known, so that nobody is a second one beside', () => {
    expect(isSamePerson(inSlack, alice)).toBe(true);
    expect(isSamePerson(inSlack, { ...inSlack, user: 'U0BOB00001', email })).toBe(true);
    expect(isSamePerson({ ...inSlack, email }, { ...inSlack, user: 'U0BOB00001' })).toBe(true);
  });

  it('is another one than a role, which is no person', () => {
    expect(isSamePerson(inSlack, owners)).toBe(false);
    expect(isPerson(owners)).toBe(false);
  });

  it.each([
    [undefined, 'Slack user U0ALICE0001'],
    ['Alice Example', 'Alice Example (Slack U0ALICE0001)'],
    ['Bob (Slack U0BOB00001)', 'Bob Slack U0BOB00001 (Slack U0ALICE0001)'],
    ['()', 'Slack user U0ALICE0001'],
    ['<!channel>\n"x"', '<!channel>\\n\\"x\\" (Slack U0ALICE0001)'],
    ['M\u00fcller \u202e', 'M\\u{fc}ller \\u{202e} (Slack U0ALICE0001)'],
  ])('is shown by the name %j and the id', (name, text) => {
    expect(actorText({ ...inSlack, ...(name !== undefined && { name }) })).toBe(text);
  });

  it('is kept and shown whatever Slack tells of name and address', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 400 }), { nil: undefined });
    fc.assert(
      fc.property(text, text, (name, address) => {
        const actor = slackActor({
          team: 'T0123456789',
          user: 'U0ALICE0001',
          name,
          email: address,
          groups: [],
        });
        expect(actorSchema.parse(actor)).toEqual(actor);
        expect(actorText(actor)).toMatch(/^[ -~]{1,300}$/);
        expect(actorText(actor)).toMatch(/(^Slack user U0ALICE0001|\(Slack U0ALICE0001\))$/);
      }),
      { seed: 16, numRuns: 1000 },
    );
  });

  it('is read back from the ledger, as are the actors that stand there already', () => {
    for (const actor of [{ ...inSlack, name: 'Alice', email, groups: ['S0SECURITY1'] }, owners, alice])
      expect(actorSchema.parse(JSON.parse(JSON.stringify(actor)))).toEqual(actor);
    expect(actorSchema.safeParse({ ...inSlack, user: 'alice' }).success).toBe(false);
    expect(actorSchema.safeParse({ ...inSlack, kind: 'other' }).success).toBe(false);
  });
});
