import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { patrolsAtOnce } from '../../config/concurrency';
import { readParameterSets } from '../../controls/parameter-sets';
import { customControls } from '../../controls/registry';
import { functionNames, ledgerTableName, queueNames } from '../../core/names';
import { queueUrl } from '../../core/queue-address';
import { Dispatcher } from '../../hub-functions/patrol/dispatcher/dispatcher';
import { walkerClient } from '../../hub-functions/patrol/dispatcher/invoke-walker';
import { dispatcherParts } from '../../hub-functions/patrol/dispatcher/parts';
import { walkerFunction } from '../../hub-functions/patrol/walker/function';
import { dispatcherTimeout, walkerTimeout } from '../../infra/hub/patrol-queue';
import { KeptTree } from '../../ledger/organization/kept-tree';
import { contentOf, type OrganizationTree } from '../../ledger/organization/organization-tree';
import { ledgerDocuments } from '../../ledger/table/documents';
import { resourceTypes } from '../../resources/resource-types';
import type { InMemoryAws } from '../../test/faults/aws/in-memory-aws';
import { Invocation } from '../../test/faults/invocation';
import { randomFrom } from '../../test/faults/random';
import { accountIdOf, watchedRegions } from './accounts';

const hub = { account: '111111111111', region: 'eu-west-1' };
const region = hub.region;
const credentials = { accessKeyId: 'hub', secretAccessKey: 'secret' };
const patrolQueueUrl = queueUrl(hub.account, region, queueNames.patrol);
const remediationQueueUrl = queueUrl(hub.account, region, queueNames.remediation);
const log = { info() {}, warn() {} };

/**
 * Lambda's pollers begin with five invocations, and add 300 a minute:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const pollersAtFirst = 5;
const pollersASecond = 5;
/** Until both functions of a worker are there for the first time. Assumption: the bench's start-up, several times over. */
const coldMilliseconds = 3_000;

/** How long invocations of the patrol's functions took, in milliseconds. */
export interface Durations {
  dispatcher: number;
  walker: number;
}

/** The patrol's real dispatcher and walker, as the hub's stack has them, in an AWS in memory: with their queue and as many workers. */
export class PatrolHub {
  readonly durations: Durations = { dispatcher: 0, walker: 0 };
  /** What dispatchers threw: their messages would come back later, and are dropped here. */
  readonly failures: unknown[] = [];
  looks = 0;
  readonly #dispatcher: Dispatcher;
  readonly #sqs = new SQSClient({ region, credentials });
  readonly #queue: string[] = [];
  readonly #places = new WeakMap<Invocation, string>();
  /** Messages that are worked on, or wait for their time. */
  #underWay = 0;

  constructor(private readonly aws: InMemoryAws) {
    const { clock } = aws;
    const waiting = { pause: clock.pause, random: randomFrom(2) };
    aws.sqs.receivers.set(patrolQueueUrl, (body, delaySeconds) => {
      this.#underWay += 1;
      clock.after(delaySeconds * 1_000, () => {
        this.#underWay -= 1;
        this.#queue.push(body);
      });
    });
    aws.sqs.receivers.set(remediationQueueUrl, () => {
      this.looks += 1;
    });
    this.#dispatcher = new Dispatcher(
      dispatcherParts({
        policy: {
          everyMinutes: 24 * 60,
          regions: watchedRegions,
          targets: [aws.organizations.rootId],
          managementAccount: '999999999999',
          resourceTypes: Object.keys(resourceTypes).sort(),
        },
        documents: ledgerDocuments({ region }),
        ledgerTable: ledgerTableName,
        sqs: this.#sqs,
        queueUrl: patrolQueueUrl,
        sts: new STSClient({ region }),
        lambda: walkerClient(),
        waiting,
        now: clock.now,
        log,
      }),
    );
    const walk = walkerFunction({
      sqs: this.#sqs,
      queueUrl: remediationQueueUrl,
      judging: customControls.map((control) => ({
        control,
        parametersOf: readParameterSets(control, '{"accounts":{},"others":[{}]}'),
      })),
      waiting,
      log,
    });
    aws.lambda.functions.set(functionNames.patrolWalker, {
      timeoutMilliseconds: walkerTimeout.toMilliseconds(),
      handler: async (payload, context) => {
        const { accountId, region: of } = payload as { accountId: string; region: string };
        if (Invocation.current) this.#places.set(Invocation.current, `${accountId} ${of}`);
        const begun = clock.milliseconds;
        const answer = await walk(payload, context);
        this.durations.walker += clock.milliseconds - begun;
        return answer;
      },
    });
  }

  /** The account and Region that an invocation of the walker reads: AWS throttles by both. */
  placeOf(invocation: Invocation): string {
    return this.#places.get(invocation) ?? '';
  }

  /** The client by which people put messages on the queue. */
  get sqs(): SQSClient {
    return this.#sqs;
  }

  /** Has the ledger keep the organization's tree, as the coordinator does. */
  async keepTree(accounts: number): Promise<void> {
    const { clock, organizations } = this.aws;
    const kept = new KeptTree(ledgerDocuments({ region }), ledgerTableName);
    const now = clock.now();
    const tree: OrganizationTree = {
      rootId: organizations.rootId,
      units: new Map(),
      accounts: new Map(
        Array.from({ length: accounts }, (_, number) => {
          const id = accountIdOf(number);
          return [id, { id, name: `account-${number}`, parentId: organizations.rootId }];
        }),
      ),
      readAt: now,
      tookMilliseconds: 1,
    };
    const until = new Date(now.getTime() + 60_000);
    await kept.lease({ holder: 'bench', now, until, seen: undefined });
    await kept.keep({ content: contentOf(tree), ...tree }, { holder: 'bench', now });
  }

  /** The schedule comes once. */
  async schedule(): Promise<void> {
    await this.#run(() => this.#dispatcher.schedule());
  }

  /** Has workers receive messages until none is left. */
  async workThrough(): Promise<void> {
    await Promise.all(Array.from({ length: patrolsAtOnce }, (_, number) => this.#work(number)));
  }

  async #work(number: number): Promise<void> {
    const { clock } = this.aws;
    const startsAfter = (Math.max(0, number - pollersAtFirst) / pollersASecond) * 1_000;
    await clock.pause(startsAfter + coldMilliseconds);
    for (;;) {
      const body = this.#queue.shift();
      if (body === undefined && this.#underWay === 0) return;
      if (body === undefined) {
        await clock.pause(1_000);
        continue;
      }
      this.#underWay += 1;
      await this.#run(() => this.#dispatcher.receive(body));
      this.#underWay -= 1;
    }
  }

  async #run(work: () => Promise<void>): Promise<void> {
    const { clock } = this.aws;
    const begun = clock.milliseconds;
    const timeout = dispatcherTimeout.toMilliseconds();
    const end = await this.aws.run(functionNames.patrolDispatcher, timeout, work).ended;
    this.durations.dispatcher += clock.milliseconds - begun;
    if (end.kind !== 'returned') this.failures.push(end);
  }
}
