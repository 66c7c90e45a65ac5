import { Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { logLines } from '../../core/log-lines';
import { type FindingState, states } from '../../core/states';
import { countLine, metricNamespace } from './counted-line';
import type { HubFunction } from './hub-function';

/** What the dashboard shows. */
export interface DashboardProps {
  name: string;
  coordinator: HubFunction;
  notifier: HubFunction;
  reconcile: HubFunction;
  /** By the title under which each is shown. */
  queues: Readonly<Record<string, Queue>>;
  /** Of which errors are shown. */
  functions: readonly HubFunction[];
}

const hour = Duration.hours(1);
const width = 12;

/** Metrics of a report: how many came to each state, and how long the danger was open until then. */
const reports = 'Reports';
const secondsOpen = 'SecondsOpen';

/** States in which a fix or an undo has just been made. */
const made: readonly FindingState[] = ['fixed', 'undone'];
/** States that say that something did not work. */
const notMade: readonly FindingState[] = ['failed', 'given-up'];

/**
 * What stands open, how long it takes, what was fixed and undone, what fails, what waits, which stacks of members are not as they should be,
 * and what is not covered. Findings are counted where they are told, since each state is told once.
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { coordinator, notifier, reconcile } = props;
    countLine(this, notifier.logGroup, logLines.posted, reports, { dimensions: ['state'] });
    countLine(this, notifier.logGroup, logLines.posted, secondsOpen, {
      dimensions: ['state'],
      value: 'secondsOpen',
    });
    const failedStacks = countLine(this, reconcile.logGroup, logLines.reconciled, 'FailedStacks', {
      value: 'failed',
    });
    const uncovered = countLine(this, coordinator.logGroup, logLines.coverageSeen, 'Uncovered', {
      value: 'uncovered',
    });
    const dashboard = new CloudWatchDashboard(this, 'Dashboard', { dashboardName: props.name });
    dashboard.addWidgets(openFindings(notifier), timeOpen());
    dashboard.addWidgets(
      graph('Fixes and undos', made.map(reportsIn)),
      graph('Failures', notMade.map(reportsIn)),
    );
    dashboard.addWidgets(queueAges(props.queues), errorsOf(props.functions));
    dashboard.addWidgets(
      graph('Stacks of members that are not as they should be', [
        failedStacks.with({ statistic: 'Maximum', period: hour, label: 'stacks' }),
      ]),
      graph('Accounts in Regions that are not covered', [
        uncovered.with({ statistic: 'Maximum', period: hour, label: 'accounts in Regions' }),
      ]),
    );
  }
}

/**
 * By the last state that was told of each finding, in the time that the dashboard shows.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html
 */
function openFindings({ logGroup }: HubFunction): LogQueryWidget {
  const open = Object.entries(states).filter(([, state]) => state.open);
  return new LogQueryWidget({
    title: 'Open findings, by state and severity',
    width,
    view: LogQueryVisualizationType.TABLE,
    logGroupNames: [logGroup.logGroupName],
    queryLines: [
      `filter message = "${logLines.posted}" and ispresent(finding)`,
      'stats latest(state) as now, latest(severity) as severity_now by finding',
      `filter now in [${open.map(([state]) => `"${state}"`).join(', ')}]`,
      'stats count(*) as findings by now, severity_now',
    ],
  });
}

function timeOpen(): GraphWidget {
  const of = (statistic: string) =>
    new Metric({
      ...{ namespace: metricNamespace, metricName: secondsOpen, statistic, period: hour, label: statistic },
      dimensionsMap: { state: 'fixed' },
    });
  return new GraphWidget({
    title: 'Seconds from a finding to its verified fix',
    width,
    left: [of('p50'), of('p90'), of('Maximum')],
  });
}

function reportsIn(state: FindingState): IMetric {
  return new Metric({
    ...{ namespace: metricNamespace, metricName: reports, statistic: 'Sum', period: hour },
    dimensionsMap: { state },
    label: states[state].title,
  });
}

/** Of a standard queue, the age passes over what was received three times; the alarms watch that. */
function queueAges(queues: DashboardProps['queues']): GraphWidget {
  return graph(
    'Seconds that the oldest message waits',
    Object.entries(queues).map(([label, queue]) =>
      queue.metricApproximateAgeOfOldestMessage({ label, statistic: 'Maximum' }),
    ),
  );
}

function errorsOf(functions: readonly HubFunction[]): GraphWidget {
  const usingMetrics = Object.fromEntries(
    functions.map(({ resource }, index) => [`f${index}`, resource.metricErrors({ statistic: 'Sum' })]),
  );
  const expression = `SUM([${Object.keys(usingMetrics).join(', ')}])`;
  return graph('Errors of functions', [new MathExpression({ expression, usingMetrics, label: 'errors' })]);
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, width, left });
}
