import { roleArn } from '../../../../core/names';
import { type ProbeWay, probeMark } from '../../../../core/probe';
import { Probes } from '../../../../ledger/coverage/probes';
import { trailEvent } from '../../../support/trail-events';
import { World } from '../world';

const round = '0123456789abcdef';
const secret = 'a'.repeat(64);
const accountId = '333333333333';
const byRule: ProbeWay = { accountId, region: 'eu-west-1', detector: 'rule' };
const byTrail: ProbeWay = { ...byRule, detector: 'trail' };

/** A hub whose doctor has begun a round. */
async function begunRound() {
  const { world } = World.inMemory();
  world.policy = { ...world.policy, regions: ['eu-west-1', 'us-east-1'] };
  const own = new Probes(world.documents, world.tableName);
  await own.begin(round, secret, world.clock.now());
  const arrivals = async () =>
    (await own.arrivals(round)).map(({ accountId: of, region, detector }) =>
      [of, region, detector].join(' '),
    );
  const receive = (body: string) => world.coordinator().receive(body, () => 180_000);
  return { world, receive, arrivals };
}

const message = (way: ProbeWay, mark = probeMark(round, secret, way)) =>
  JSON.stringify({ version: 1, type: 'probe', ...way, mark });

/** The call that the doctor makes with the member's probe role. */
const recorded = (mark: string, more: object = {}, role = 'staunch-probe') =>
  trailEvent(byTrail, {
    eventSource: 'events.amazonaws.com',
    eventName: 'EnableRule',
    requestParameters: { name: 'staunch-forward-trail-probe' },
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${mark}`,
      sessionContext: { sessionIssuer: { type: 'Role', arn: roleArn(accountId, role, 'aws') } },
    },
    ...more,
  });

describe('a probe of the doctor', () => {
  it.each<[string, string, ProbeWay]>([
    ['of a rule function', message(byRule), byRule],
    ['of the patrol', message({ ...byRule, detector: 'patrol' }), { ...byRule, detector: 'patrol' }],
    ['of a trail', recorded(probeMark(round, secret, byTrail)), byTrail],
  ])('%s arrives, twice as once, and leaves no finding, report or notice', async (_what, body, way) => {
    const { world, receive, arrivals } = await begunRound();
    for (let times = 0; times < 2; times += 1) await receive(body);

    expect(await arrivals()).toEqual([[way.accountId, way.region, way.detector].join(' ')]);
    expect([world.reports, world.notices, world.asked, world.patrols]).toEqual([[], [], [], []]);
  });

  it.each<[string, string]>([
    [
      'with the mark of another account',
      message({ ...byRule, accountId: '444444444444' }, probeMark(round, secret, byRule)),
    ],
    [
      'with the mark of another Region',
      message({ ...byRule, region: 'us-east-1' }, probeMark(round, secret, byRule)),
    ],
    [
      'with the mark of another detector',
      message({ ...byRule, detector: 'patrol' }, probeMark(round, secret, byRule)),
    ],
    ['with a mark of another secret', message(byRule, probeMark(round, 'b'.repeat(64), byRule))],
    ['of a round that nobody began', message(byRule, probeMark('f'.repeat(16), secret, byRule))],
    ['of a call by another role', recorded(probeMark(round, secret, byTrail), {}, 'Developer')],
    ['of a call that failed', recorded(probeMark(round, secret, byTrail), { errorCode: 'AccessDenied' })],
    [
      'of a call about another rule',
      recorded(probeMark(round, secret, byTrail), { requestParameters: { name: 'x' } }),
    ],
  ])('%s does not arrive, and is no reason for an alarm', async (_what, body) => {
    const { world, receive, arrivals } = await begunRound();
    await receive(body);

    expect(await arrivals()).toEqual([]);
    expect([world.reports, world.notices, world.asked]).toEqual([[], [], []]);
  });

  it('of the trail is believed of CloudTrail alone', async () => {
    const { receive, arrivals } = await begunRound();
    await expect(receive(message(byTrail))).rejects.toThrow('no recorded call');
    expect(await arrivals()).toEqual([]);
  });

  it('that comes an hour later arrives for nobody', async () => {
    const { world, receive, arrivals } = await begunRound();
    world.clock.advance({ minutes: 61 });
    await receive(message(byRule));
    expect(await arrivals()).toEqual([]);
  });
});
