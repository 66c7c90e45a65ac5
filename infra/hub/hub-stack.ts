import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { compilePolicy } from '../../config/compile';
import type { Organization } from '../../config/organization';
import type { Control } from '../../controls/control';
import { dashboardName } from '../../core/names';
import { customOf } from '../custom-of';
import { hubSynthesizer } from '../hub-synthesizer';
import { verdictCodeOf } from '../verdict-code';
import { Alarms } from './alarms';
import { Bus } from './bus';
import { Coordinator } from './coordinator';
import { DailyDoctor } from './daily-doctor';
import { Dashboard } from './dashboard';
import { DeliveryBucket } from './delivery-bucket';
import { DoctorRole } from './doctor-role';
import { Ledger } from './ledger';
import { NotificationsTopic } from './notifications-topic';
import { Notifier } from './notifier';
import { Orders } from './orders';
import { Patrol } from './patrol';
import { PatrolQueue } from './patrol-queue';
import { Reconcile } from './reconcile';
import { RemediationFunctions } from './remediation-functions';
import { RemediationQueue } from './remediation-queue';
import { SavedStates } from './saved-states';
import { SecurityHub } from './security-hub';
import { decidesInSlack, SlackDoor } from './slack-door';

/** What the hub follows from. */
export interface HubStackProps {
  organization: Organization;
  controls: readonly Control[];
}

/** Everything in the hub account, except the stack sets. */
export class HubStack extends Stack {
  constructor(scope: Construct, id: string, { organization, controls }: HubStackProps) {
    const { hub } = organization;
    const custom = customOf(controls);
    super(scope, id, {
      description: 'Staunch: decides on findings, fixes what may be fixed, and tells people.',
      env: hub,
      synthesizer: hubSynthesizer(),
    });
    const ledger = new Ledger(this, 'Ledger');
    const savedStates = new SavedStates(this, 'SavedStates');
    const remediationQueue = new RemediationQueue(this, 'RemediationQueue', organization);
    const patrolQueue = new PatrolQueue(this, 'PatrolQueue', hub);
    const remediation = new RemediationFunctions(this, 'Remediation', { hub, controls: custom, ledger });
    const policy = { ...compilePolicy(organization), verdictCode: verdictCodeOf(custom) };
    const coordinator = new Coordinator(this, 'Coordinator', {
      policy,
      ledger,
      savedStates,
      queue: remediationQueue.queue,
      patrolQueue: patrolQueue.queue,
      remediationFunctionArns: remediation.all.map(({ resource }) => resource.functionArn),
    });
    const { topic } = new NotificationsTopic(this, 'Notifications');
    const { bus } = new Bus(this, 'Bus', {
      organization,
      controls,
      topic,
      remediationQueue: remediationQueue.queue,
    });
    const notifier = new Notifier(this, 'Notifier', { policy, topic, ledger });
    // Readers are updated before those who write: a report in a new form is then never a dead letter.
    coordinator.resource.node.addDependency(notifier.function.resource);
    const securityHub = organization.securityHub
      ? new SecurityHub(this, 'SecurityHub', { hub, bus })
      : undefined;
    // Likewise for changes of findings' states.
    if (securityHub) coordinator.resource.node.addDependency(securityHub.function.resource);
    const patrol = new Patrol(this, 'Patrol', {
      organization,
      policy,
      controls: custom,
      ledger,
      queue: patrolQueue.queue,
      remediationQueue: remediationQueue.queue,
    });
    // Looks are understood before the first is sent.
    patrol.walker.resource.node.addDependency(coordinator.resource);
    const orders = new Orders(this, 'Orders', { organization, policy, ledger, savedStates, coordinator });
    const slack = decidesInSlack(policy)
      ? new SlackDoor(this, 'Slack', {
          policy,
          ledger,
          coordinator,
          token: notifier.token,
          posts: notifier.posts.queue,
          logSetting: orders.api.logSetting,
        })
      : undefined;
    const slackFunctions = slack ? [slack.front, slack.actions] : [];
    const reconcile = new Reconcile(this, 'Reconcile', { organization, policy, ledger });
    const doctorRole = new DoctorRole(this, 'Doctor', { hub, ledger, patrolQueue: patrolQueue.queue });
    const doctor = new DailyDoctor(this, 'DailyDoctor', { policy, ledger, doctorRole });
    new Dashboard(this, 'Dashboard', {
      name: dashboardName,
      coordinator,
      notifier: notifier.function,
      reconcile: reconcile.function,
      queues: {
        findings: remediationQueue.queue,
        notifications: notifier.queue.queue,
        posts: notifier.posts.queue,
        patrols: patrolQueue.queue,
      },
      functions: [
        coordinator,
        notifier.function,
        notifier.poster,
        orders.function,
        ...slackFunctions,
        patrol.dispatcher,
        patrol.walker,
        reconcile.function,
        doctor.function,
        ...(securityHub ? [securityHub.function] : []),
        ...remediation.all,
      ],
    });
    new DeliveryBucket(this, 'Delivery', organization);
    new Alarms(this, 'Alarms', {
      hub,
      remediationQueue,
      notifierQueue: notifier.queue,
      postsQueue: notifier.posts,
      patrolQueue,
      coordinator,
      notifier: notifier.function,
      orders: orders.function,
      remediation: remediation.all,
      others: [
        notifier.poster,
        ...slackFunctions,
        patrol.dispatcher,
        patrol.walker,
        reconcile.function,
        doctor.function,
      ],
      ...(slack && { actionsQueue: slack.queue }),
      ...(securityHub && { securityHub }),
    });
  }
}
