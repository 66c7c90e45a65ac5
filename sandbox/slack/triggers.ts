import { SlackError } from './errors';

/** How long a `trigger_id` is good for, in milliseconds: https://docs.slack.dev/interactivity/handling-user-interaction */
const triggerLife = 3_000;

interface Trigger {
  user: string;
  /** Of the view in which it arose. */
  viewId?: string;
  at: number;
  exchanged: boolean;
}

/** The `trigger_id`s that were given out: each opens one modal, within three seconds. */
export class Triggers {
  /** How long one is good for, in milliseconds. A test on a slow machine may give it longer. */
  life = triggerLife;
  private readonly triggers = new Map<string, Trigger>();

  constructor(private readonly now: () => number) {}

  /** A new one for what a user just did. */
  create(user: string, viewId?: string): string {
    const id = `${1_000_000 + this.triggers.size}.${Math.floor(this.now())}.${user.toLowerCase()}`;
    this.triggers.set(id, { user, at: this.now(), exchanged: false, ...(viewId && { viewId }) });
    return id;
  }

  /**
   * Exchanges one for the right to show its user a modal.
   * @throws SlackError as the page of `views.open` lists them
   */
  exchange(id: unknown): { user: string; viewId?: string } {
    const trigger = this.triggers.get(String(id));
    if (trigger === undefined) throw new SlackError('invalid_trigger_id');
    if (trigger.exchanged) throw new SlackError('exchanged_trigger_id');
    if (this.now() - trigger.at > this.life) throw new SlackError('expired_trigger_id');
    trigger.exchanged = true;
    return trigger;
  }
}
