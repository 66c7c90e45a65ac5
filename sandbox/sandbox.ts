import { join } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { parseOrganization } from '../config/organization';
import { structureText } from '../config/structure-file';
import { slackSecretName, slackSigningSecretName } from '../core/names';
import { type AccountClients, clientsOfAccount } from './account-clients';
import { createCloudFormation, type TransformTemplate } from './cloudformation/cloudformation';
import { type Deployment, deployWith } from './cloudformation/deploy';
import type { CloudFormation } from './cloudformation/engine';
import { EventLog, type Place } from './events';
import { Failures, UnsupportedError } from './failures';
import { patrolledBefore } from './first-patrols';
import type { Gateway } from './gateway/api';
import { startGateway } from './gateway/gateway';
import type { Telling } from './lost';
import { manyCalls } from './many-calls';
import { type Moto, startMoto } from './moto/moto';
import { sandboxPython } from './python';
import { motoLog, removeRunDirectory, runDirectory } from './run-directory';
import { createTrail, createTrailBucket, type TrailMaker } from './services/cloudtrail/account-trail';
import { startTrailEvents } from './services/cloudtrail/trail-events';
import { createConfigService } from './services/config/config-service';
import type { ConfigService } from './services/config/definitions';
import type { EventsService } from './services/events/definitions';
import { createEventsService } from './services/events/events-service';
import type { LambdaService } from './services/lambda/definitions';
import { createLambdaService } from './services/lambda/lambda-service';
import {
  createOrganization,
  type Organization,
  type OrganizationTree,
} from './services/organizations/organization';
import { type SlackOptions, type SlackStandIn, startSlack } from './slack/slack';
import { Teardown } from './teardown';

/** The text of a policy, or one with the name of its file. */
export type PolicyText = string | { text: string; fileName: string };

/** What can say of a resource that it has to be looked at, and can be switched off. */
export type SandboxDetector = 'rule' | 'trail' | 'patrol';

/** What a sandbox is made from. */
export interface SandboxOptions {
  /** The project's root. */
  projectDirectory: string;
  tree: OrganizationTree;
  /** Name of the account that is the hub, and its Region. */
  hub: { account: string; region: string };
  /** Writes the organization's policy once its ids are known. */
  policyOf(organization: Organization): PolicyText;
  /** Who and what is in Slack's workspace. */
  slack: Pick<SlackOptions, 'channels' | 'users' | 'groups'>;
  /**
   * Whether Slack's rate limits are kept, and how; default: kept, unless time runs faster. A limit says in whole seconds when to come back,
   * which would then be minutes.
   */
  slackLimits?: NonNullable<SlackOptions['limits']>;
  /**
   * Makes the cloud assembly for a policy, below the given folder; returns the assembly's folder.
   * @param fileName of the policy, as decisions name it
   * @param structure text of the structure file that lies beside the policy
   */
  assemble(
    policy: string,
    directory: string,
    fileName: string | undefined,
    structure: string,
  ): Promise<string>;
  /** How much faster schedules, and pauses after a failure, pass than in AWS. */
  timeScale: number;
  /** How much faster pauses after a failure pass, where they differ from schedules; for tests. */
  retryTimeScale?: number;
  /**
   * Which detectors work; default: all. Without `rule` AWS Config evaluates nothing, without `trail` there are no
   * events of CloudTrail, without `patrol` its schedule does not fire until `startPatrol`.
   */
  detectors?: readonly SandboxDetector[];
  /** Milliseconds from a change to its configuration item. Default: AWS Config's half a minute, divided by `timeScale`. */
  itemDelay?: number;
  /**
   * Whether each function gets its first execution environment when it is deployed, while the machine has little to do. Default:
   * when it is first invoked.
   */
  prewarm?: boolean;
  /** Milliseconds from a call to its event of CloudTrail. Default: AWS's few seconds, divided by `timeScale`. */
  trailDelay?: number;
  /**
   * Whether Staunch is synthesized and deployed at the start; default: true. Where it is not, the CDK command line can do it through
   * the gateway, into accounts that are bootstrapped for it.
   */
  deploy?: boolean;
  /** Changes templates before they are deployed; for tests. */
  transformTemplate?: TransformTemplate;
  /** Gives an empty moto; default: starts one. For tests, which have many sandboxes one after the other. */
  moto?(its: { failures: Failures; logFile: string }): Promise<Moto>;
  /** Makes what else the accounts hold, while Staunch is deployed into them. */
  furnish?(made: Pick<Sandbox, 'gateway' | 'organization' | 'hub'>): Promise<unknown>;
  /** Makes what stands in the organization before Staunch comes; awaited before anything is deployed. */
  baseline?(made: Pick<Sandbox, 'gateway' | 'organization' | 'hub'>): Promise<unknown>;
  /** Whether each account has a trail of its own; default: where CloudTrail's events work. */
  accountTrails?: boolean;
  /** Receives every event; default: one of its own. */
  log?: EventLog;
  /** Hears what takes a while. */
  say?: (text: string) => void;
  /** Stops the start when it is aborted: what has begun is ended, and `startSandbox` rejects. */
  signal?: AbortSignal;
}

/** An AWS organization on this machine, with Staunch deployed into it. */
export interface Sandbox {
  readonly gateway: Gateway;
  readonly organization: Organization;
  readonly hub: Place;
  readonly slack: SlackStandIn;
  readonly lambda: LambdaService;
  readonly events: EventsService;
  readonly config: ConfigService;
  readonly cloudFormation: CloudFormation;
  readonly log: EventLog;
  readonly failures: Failures;
  /** Of the hub's stacks, by stack name and logical id. */
  readonly outputs: Deployment['outputs'];
  /** The folder of the cloud assembly that was deployed at the start, beside which its policy lies; absent where nothing was deployed. */
  readonly assembly?: string;
  /**
   * The ordinary SDK, as an administrator of the named account.
   * @param lost what does not tell of these clients' calls; default: everything does
   */
  clients(account: string, region: string, lost?: readonly Telling[]): AccountClients;
  /** Creates an account in an organizational unit; resolves when the stack sets have reached it. */
  addAccount(name: string, unit: string): Promise<void>;
  /**
   * Lets time pass for the functions and for Slack, which see a later date from now on, and has what fires often do so. Queues and timers
   * do not notice, nor does whatever else has a clock in the sandbox.
   */
  passTime(milliseconds: number): void;
  /**
   * Deploys once more, with another policy.
   * @throws UnsupportedError when more differs than a stack can be updated in, or the sandbox deployed nothing at its start
   */
  redeploy(policyOf: SandboxOptions['policyOf']): Promise<void>;
  /**
   * Gives the hub the token of the stand-in for Slack, and where the hub takes what people do there the signing secret, and Slack the
   * hub's URL, as an operator does after a deployment; done where the sandbox deploys Staunch.
   */
  connectSlack(): Promise<void>;
  /** Has the patrol come now, and at its times from now on, where it did not work yet. */
  startPatrol(): void;
  /**
   * Has only these detectors work from now on; for tests, which use one sandbox after the other. Call it while nothing runs. The patrol
   * comes at its times then, for the first time after one interval.
   * @throws UnsupportedError for the rules or the trail where they did not work from the start
   */
  detect(detectors: readonly SandboxDetector[]): void;
  /** Whether nothing runs, and nothing waits to run. */
  calm(): Promise<boolean>;
  /** Ends everything that was started, and removes its files. Safe to call twice. */
  stop(): Promise<void>;
}

const allDetectors: readonly SandboxDetector[] = ['rule', 'trail', 'patrol'];

/**
 * How long the sandbox takes for CloudTrail's way to EventBridge, before it is divided by the time scale; milliseconds. AWS
 * promises no time.
 */
const usualTrailDelay = 5_000;

/**
 * How long the sandbox takes from a change to AWS Config's item, before it is divided by the time scale; milliseconds. AWS
 * promises no time: https://docs.aws.amazon.com/config/latest/developerguide/config-concepts.html
 */
const usualItemDelay = 30_000;

/** Name of the hub's rule that wakes the patrol's dispatcher. */
const patrolSchedule = 'staunch-patrol';

const slackToken = 'xoxb-sandbox';

/** The stack in whose outputs the hub's URLs stand. */
const hubStackName = 'staunch-hub';

/** Thrown when the start of a sandbox was interrupted. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/**
 * Brings an organization up: moto, the gateway, the accounts; synthesizes the CDK app for it and deploys it.
 * @throws what went wrong, after everything that had started is stopped again
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const teardown = new Teardown();
  const failures = new Failures();
  const starting = bringUp(options, failures, teardown);
  // After an interruption nobody waits for it any more, and everything that it still asks for is gone.
  starting.catch(() => {});
  try {
    return await Promise.race([starting, failures.failed, interrupted(options.signal)]);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

/** Rejects when the signal is aborted; never resolves. */
function interrupted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(new InterruptedError('The start was interrupted'));
    signal?.addEventListener('abort', () => reject(new InterruptedError('The start was interrupted')));
  });
}

async function bringUp(options: SandboxOptions, failures: Failures, teardown: Teardown): Promise<Sandbox> {
  const { projectDirectory, timeScale, say = () => {}, log = new EventLog() } = options;
  const { retryTimeScale = timeScale, detectors = allDetectors } = options;
  const { trailDelay = usualTrailDelay / timeScale, itemDelay = usualItemDelay / timeScale } = options;
  const directory = await runDirectory(join(projectDirectory, '.staunch'));
  teardown.add(() => removeRunDirectory(directory, failures, say));

  say('Starting moto and the gateway …');
  const ofMoto = { failures, logFile: join(directory, motoLog) };
  const moto = await (options.moto?.(ofMoto) ??
    startMoto({ python: sandboxPython(projectDirectory), ...ofMoto }));
  teardown.add(() => moto.stop());
  const gateway = await startGateway({ motoEndpoint: moto.endpoint, events: log, failures });
  teardown.add(() => gateway.stop());
  const slack = await startSlack({
    ...options.slack,
    log,
    token: slackToken,
    hosts: 'slack',
    limits: options.slackLimits ?? (timeScale > 1 ? 'none' : { timeScale }),
  });
  teardown.add(() => slack.stop());

  say('Creating the organization …');
  const organization = await createOrganization({ gateway, tree: options.tree });
  const hub = { accountId: accountId(organization, options.hub.account), region: options.hub.region };
  const furnished = options.furnish?.({ gateway, organization, hub });
  // Where both fail, the deployment is what is told.
  furnished?.catch(() => {});

  const trails: TrailMaker = {
    gateway,
    archive: { accountId: organization.managementAccountId, region: 'us-east-1' },
  };
  const isLogging = detectors.includes('trail');
  const hasAccountTrails = isLogging && options.accountTrails !== false;
  if (hasAccountTrails) {
    await createTrailBucket(trails);
    await Promise.all(Object.values(organization.accounts).map((id) => createTrail(trails, id)));
  }

  const assemble = (policy: PolicyText, below: string) => {
    const structure = structureText(organization.structure());
    return typeof policy === 'string'
      ? options.assemble(policy, below, undefined, structure)
      : options.assemble(policy.text, below, policy.fileName, structure);
  };
  const policy = options.deploy === false ? undefined : options.policyOf(organization);
  if (policy !== undefined) say('Synthesizing the CDK app …');
  const assemblyDirectory = policy === undefined ? undefined : await assemble(policy, directory);

  const workDirectory = join(directory, 'functions');
  const lambda = createLambdaService({
    gateway,
    log,
    failures,
    timeScale: retryTimeScale,
    prewarm: options.prewarm === true,
    workDirectory,
    slackEndpoint: slack.endpoint,
  });
  teardown.add(() => lambda.stop());
  const events = createEventsService({
    gateway,
    lambda,
    log,
    failures,
    timeScale,
    stillSchedules: detectors.includes('patrol') ? [] : [patrolSchedule],
  });
  teardown.add(() => events.stop());
  const config = createConfigService({
    gateway,
    lambda,
    events,
    log,
    failures,
    evaluates: detectors.includes('rule'),
    itemDelay,
    // AWS tries an asynchronous invocation again after one minute and after two more.
    retryDelays: [60_000 / retryTimeScale, 120_000 / retryTimeScale],
  });
  teardown.add(() => config.stop());
  const trail = isLogging ? startTrailEvents({ gateway, events, delay: trailDelay }) : undefined;
  teardown.add(async () => trail?.stop());

  const cloudFormation = createCloudFormation({
    objectsDirectory: join(directory, 'objects'),
    managementAccountId: organization.managementAccountId,
    gateway,
    services: { lambda, events, config },
    log,
    failures,
    ...(options.transformTemplate === undefined ? {} : { transformTemplate: options.transformTemplate }),
  });
  teardown.add(() => cloudFormation.stop());
  await options.baseline?.({ gateway, organization, hub });
  const regions = policy === undefined ? [] : regionsOf(policy);
  let deployment: Deployment | undefined;
  const connect = () => connectSlack({ gateway, hub, slack, cloudFormation });
  if (assemblyDirectory !== undefined) {
    say('Deploying the hub and the stack sets …');
    deployment = await deployWith(cloudFormation, assemblyDirectory);
    await connect();
    await patrolledBefore(gateway, hub, Object.values(organization.accounts), regions);
    await lambda.warmed();
  }
  await furnished;

  let redeployments = 0;
  return {
    gateway,
    organization,
    hub,
    slack,
    lambda,
    events,
    config,
    cloudFormation,
    log,
    failures,
    outputs: deployment?.outputs ?? {},
    ...(assemblyDirectory !== undefined && { assembly: assemblyDirectory }),
    clients: (account, region, lost) =>
      clientsOfAccount(gateway, accountId(organization, account), region, lost),
    addAccount: async (name, unit) => {
      const id = await organization.addAccount(name, unit);
      await patrolledBefore(gateway, hub, [id], regions);
      if (hasAccountTrails) await createTrail(trails, id);
      await cloudFormation.settled();
    },
    passTime: (milliseconds) => {
      lambda.passTime(milliseconds);
      slack.passTime(milliseconds);
      events.passTime(milliseconds);
    },
    connectSlack: connect,
    startPatrol: () => events.wakeSchedule(patrolSchedule),
    detect: (wanted) => {
      for (const detector of ['rule', 'trail'] as const) {
        if (wanted.includes(detector) && !detectors.includes(detector))
          throw new UnsupportedError(`The sandbox was started without the detector ${detector}.`);
      }
      config.setEvaluating(wanted.includes('rule'));
      trail?.setTelling(wanted.includes('trail'));
      if (wanted.includes('patrol')) events.resumeSchedule(patrolSchedule);
      else events.stopSchedule(patrolSchedule);
    },
    redeploy: async (policyOf) => {
      if (!deployment) throw new UnsupportedError('The sandbox deployed nothing that it could deploy again.');
      redeployments += 1;
      await deployment.update(
        await assemble(policyOf(organization), join(directory, `redeployment-${redeployments}`)),
      );
      await connect();
    },
    calm: async () => {
      const quiet = () => config.idle() && events.idle() && trail?.idle() !== false;
      // A function that ended meanwhile may have changed something.
      return quiet() && (await lambda.idle()) && quiet();
    },
    stop: () => teardown.run(),
  };
}

/** The Regions that the policy has watched. */
function regionsOf(policy: PolicyText): readonly string[] {
  return parseOrganization(typeof policy === 'string' ? policy : policy.text, 'the policy').regions;
}

/** What an operator does by hand after the deployment: the template makes the secrets, never their values. */
async function connectSlack({
  gateway,
  hub,
  slack,
  cloudFormation,
}: Pick<Sandbox, 'gateway' | 'hub' | 'slack' | 'cloudFormation'>): Promise<void> {
  const secrets = new SecretsManagerClient({
    ...manyCalls,
    region: hub.region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(hub.accountId),
  });
  const put = (SecretId: string, SecretString: string) =>
    secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  await put(slackSecretName, slackToken);
  slack.requestUrl = cloudFormation.stacks.find(hub, hubStackName)?.stack?.outputs.SlackUrl;
  // Without a URL the policy turns buttons off, and there is no secret.
  if (slack.requestUrl !== undefined) await put(slackSigningSecretName, slack.signingSecret);
}

function accountId(organization: Organization, name: string): string {
  const id = organization.accounts[name];
  if (id === undefined) throw new Error(`The sandbox's organization has no account named ${name}`);
  return id;
}
