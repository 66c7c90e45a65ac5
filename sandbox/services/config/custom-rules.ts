import { randomUUID } from 'node:crypto';
import { type Clock, pause } from '../../clock';
import { AccessDeniedError } from '../../gateway/api';
import type { LambdaService } from '../lambda/definitions';
import type { ConfigurationItem, ConfigurationItemDiff } from './configuration-item';
import type { ConfigRule } from './definitions';
import type { PendingWork } from './pending-work';
import { notificationOf, type RuleEvent, ruleEvent } from './rule-event';

/** An evaluation that a function was asked for; its result token stands for it. */
export interface Invocation {
  rule: ConfigRule;
  /** Milliseconds since the epoch. */
  invokedAt: number;
}

/** Invokes the functions of custom rules, and knows the result tokens it handed out. */
export class CustomRules {
  private readonly invocations = new Map<string, Invocation>();
  /** How many items of an evaluation of everything are not judged yet, by the rule's ARN. */
  private readonly unjudged = new Map<string, number>();
  /** Why the last evaluation of a rule failed, by the rule's ARN. */
  readonly errors = new Map<string, string>();

  /** @param retryDelays the pauses before the retries, in milliseconds */
  constructor(
    private readonly lambda: Pick<LambdaService, 'invokeForService'>,
    private readonly work: PendingWork,
    private readonly clock: Clock,
    private readonly retryDelays: readonly number[],
    private readonly stopped: AbortSignal,
  ) {}

  /** Asks a rule's function for its verdict on an item, in the background. */
  evaluate(
    rule: ConfigRule,
    item: ConfigurationItem,
    diff: ConfigurationItemDiff | null,
    executionRoleArn: string,
  ): void {
    const invokedAt = this.clock.now();
    const notification = notificationOf(item, diff, invokedAt);
    if (!rule.messageTypes.includes(notification.messageType)) return;
    const token = randomUUID();
    this.invocations.set(token, { rule, invokedAt });
    const ofEverything = diff === null ? 1 : 0;
    this.unjudged.set(rule.arn, (this.unjudged.get(rule.arn) ?? 0) + ofEverything);
    this.work.run(async () => {
      try {
        await this.invoke(rule, ruleEvent(rule, notification, token, executionRoleArn));
      } finally {
        this.unjudged.set(rule.arn, (this.unjudged.get(rule.arn) ?? 0) - ofEverything);
      }
    });
  }

  /** Whether an evaluation of everything that the rule applies to is under way. */
  isEvaluating(rule: ConfigRule): boolean {
    return (this.unjudged.get(rule.arn) ?? 0) > 0;
  }

  /** What a result token stands for; undefined for one that was never handed out. */
  invocation(resultToken: string): Invocation | undefined {
    return this.invocations.get(resultToken);
  }

  /**
   * AWS Config invokes asynchronously. Lambda then tries twice again, after one and after two minutes:
   * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
   *
   * The function's permission names the service, and may name the account and the rule as its source:
   * https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_lambda-functions.html
   */
  private async invoke(rule: ConfigRule, event: RuleEvent): Promise<void> {
    const caller = {
      servicePrincipal: 'config.amazonaws.com',
      sourceArn: rule.arn,
      sourceAccount: rule.accountId,
    };
    for (const delay of [...this.retryDelays, undefined]) {
      try {
        const { functionError, payload } = await this.lambda.invokeForService(
          rule.sourceIdentifier,
          event,
          caller,
        );
        if (functionError === undefined) {
          this.errors.delete(rule.arn);
          return;
        }
        this.errors.set(rule.arn, payload);
      } catch (error) {
        if (!(error instanceof AccessDeniedError)) throw error;
        // AWS Config may not invoke the function: no retry mends that, and the rule shows it.
        this.errors.set(rule.arn, error.message);
        return;
      }
      if (delay !== undefined) await pause(this.clock, delay, this.stopped);
      if (this.stopped.aborted) return;
    }
  }
}
