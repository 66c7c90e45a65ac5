import type { Clock } from '../../clock';
import type { Place } from '../../events';
import { UnsupportedError } from '../../failures';
import type { ApiCall } from '../../gateway/api';
import type { ClientsByPlace } from './account-clients';
import { ConfigError } from './config-error';
import type { ConfigurationItem, ConfigurationItemDiff } from './configuration-item';
import type { CustomRules } from './custom-rules';
import type { ConfigRule } from './definitions';
import type { Evaluations } from './evaluations';
import { accountResourceType, type ManagedRule } from './managed-rules/managed-rule';
import { managedRules } from './managed-rules/registry';
import type { PendingWork } from './pending-work';
import type { Recorder } from './recorder';

/** The rules of every account and Region, and when they are evaluated. */
export class Rules {
  private readonly rules = new Map<string, ConfigRule>();
  /** When an evaluation was started last, by the rule's ARN; milliseconds since the epoch. */
  private readonly started = new Map<string, number>();

  /** @param evaluationInterval how long after a start the next is refused; milliseconds */
  constructor(
    private readonly recorder: Recorder,
    private readonly custom: CustomRules,
    private readonly evaluations: Evaluations,
    private readonly clients: ClientsByPlace,
    private readonly work: PendingWork,
    private readonly clock: Clock,
    private readonly evaluationInterval: number,
  ) {}

  /**
   * Creates or updates a rule, and evaluates what exists.
   *
   * @throws UnsupportedError for a managed rule that the sandbox does not know
   * @throws ConfigError `NoAvailableConfigurationRecorderException`: a rule needs a recorder
   */
  put(rule: ConfigRule): void {
    if (rule.owner === 'AWS') managedRule(rule);
    if (this.recorder.settingsOf(rule) === undefined) {
      throw new ConfigError(
        'NoAvailableConfigurationRecorderException',
        `Configuration recorder is not available in ${rule.accountId}, ${rule.region}: rule ${rule.name} needs one.`,
      );
    }
    this.rules.set(rule.arn, rule);
    this.evaluate(rule);
  }

  /** Deletes the rule with this ARN. */
  delete(ruleArn: string): void {
    this.rules.delete(ruleArn);
    this.started.delete(ruleArn);
  }

  /** The rules of a place; with names, those rules only. @throws ConfigError `NoSuchConfigRuleException` */
  in(place: Place, names?: readonly string[]): ConfigRule[] {
    const here = [...this.rules.values()].filter(
      (rule) => rule.accountId === place.accountId && rule.region === place.region,
    );
    if (names === undefined || names.length === 0) return here;
    return names.map((name) => {
      const rule = here.find((one) => one.name === name);
      if (rule) return rule;
      throw new ConfigError(
        'NoSuchConfigRuleException',
        `The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name`,
      );
    });
  }

  /**
   * Starts an evaluation of everything that these rules apply to.
   * https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html
   *
   * @throws ConfigError `LimitExceededException` while one is under way, and for a minute after a start
   */
  start(rules: readonly ConfigRule[]): void {
    const now = this.clock.now();
    for (const rule of rules) {
      const last = this.started.get(rule.arn);
      const isTooSoon = last !== undefined && now - last < this.evaluationInterval;
      if (isTooSoon || this.custom.isEvaluating(rule)) {
        throw new ConfigError(
          'LimitExceededException',
          `An evaluation of the ConfigRule '${rule.name}' is in progress, or was started within the last minute.`,
        );
      }
    }
    for (const rule of rules) {
      this.started.set(rule.arn, now);
      this.evaluate(rule);
    }
  }

  /** Evaluates everything that a rule applies to, without a change. */
  private evaluate(rule: ConfigRule): void {
    if (rule.owner === 'AWS') this.evaluateManaged(rule);
    else for (const item of this.recorder.latest(rule)) this.evaluateCustom(rule, item, null);
  }

  /** Evaluates the rules that apply to an item just recorded. */
  onItem(item: ConfigurationItem, diff: ConfigurationItemDiff, place: Place): void {
    if (item.configurationItemStatus === 'ResourceNotRecorded') return;
    for (const rule of this.in(place)) {
      if (rule.owner === 'CUSTOM_LAMBDA') this.evaluateCustom(rule, item, diff);
    }
  }

  /** Evaluates the managed rules whose verdict a call may have changed. */
  onCall(call: ApiCall): void {
    for (const rule of this.rules.values()) {
      if (rule.owner === 'AWS' && rule.accountId === call.accountId && managedRule(rule).changedBy(call)) {
        this.evaluateManaged(rule);
      }
    }
  }

  private evaluateCustom(
    rule: ConfigRule,
    item: ConfigurationItem,
    diff: ConfigurationItemDiff | null,
  ): void {
    if (rule.resourceTypes.length > 0 && !rule.resourceTypes.includes(item.resourceType)) return;
    const roleArn = this.recorder.settingsOf(rule)?.roleArn ?? '';
    this.custom.evaluate(rule, item, diff, roleArn);
  }

  private evaluateManaged(rule: ConfigRule): void {
    const invokedAt = this.clock.now();
    this.work.run(async () => {
      const parameters = JSON.parse(rule.inputParameters ?? '{}') as Record<string, unknown>;
      const verdict = await managedRule(rule).evaluate(
        this.clients.of(rule),
        Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
      );
      this.evaluations.record({
        rule,
        resourceType: accountResourceType,
        resourceId: rule.accountId,
        ...verdict,
        orderingTimestamp: invokedAt,
        resultRecordedTime: this.clock.now(),
        configRuleInvokedTime: invokedAt,
      });
    });
  }
}

function managedRule(rule: ConfigRule): ManagedRule {
  const known = managedRules.find(({ identifier }) => identifier === rule.sourceIdentifier);
  if (known) return known;
  throw new UnsupportedError(
    `The sandbox cannot evaluate the AWS Config managed rule ${rule.sourceIdentifier} (rule ${rule.name}). ` +
      `It knows ${managedRules.map(({ identifier }) => identifier).join(' and ')}; add it in sandbox/services/config/managed-rules.`,
  );
}
