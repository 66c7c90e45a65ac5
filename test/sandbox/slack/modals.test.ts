import type { SlackStandIn } from '../../../sandbox/slack/slack';
import {
  actions,
  alice,
  bob,
  button,
  channel,
  clientOf,
  HandClock,
  startApp,
  startStandIn,
  type TestApp,
} from './support/stand-in';

let clock: HandClock;
let slack: SlackStandIn;
let app: TestApp;

beforeEach(async () => {
  clock = new HandClock();
  [slack, app] = await Promise.all([startStandIn({ now: clock.now, limits: 'none' }), startApp()]);
  slack.requestUrl = app.url;
});
afterEach(() => Promise.all([slack.stop(), app.stop()]));

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });

function form(changes: object = {}) {
  return {
    type: 'modal' as const,
    title: plain('Deny'),
    submit: plain('Deny'),
    private_metadata: 'kept',
    callback_id: 'deny',
    blocks: [
      {
        type: 'input' as const,
        block_id: 'reason',
        label: plain('Reason'),
        element: { type: 'plain_text_input' as const, action_id: 'text', min_length: 3 },
      },
      {
        type: 'input' as const,
        block_id: 'until',
        label: plain('Until'),
        optional: true,
        element: { type: 'datetimepicker' as const, action_id: 'time', initial_date_time: 1_800_000_000 },
      },
      {
        type: 'input' as const,
        block_id: 'kind',
        label: plain('Kind'),
        element: {
          type: 'static_select' as const,
          action_id: 'choice',
          options: [option('a'), option('b')],
          initial_option: option('a'),
        },
      },
    ],
    ...changes,
  };
}

async function triggerId(): Promise<string> {
  const blocks = [actions(button('deny'))];
  const { ts = '' } = await clientOf(slack).chat.postMessage({ channel, text: 'x', blocks });
  await slack.click({ user: alice, channel, ts });
  return app.received.at(-1)?.payload.trigger_id;
}

async function opened(view = form()): Promise<string> {
  await clientOf(slack).views.open({ trigger_id: await triggerId(), view });
  app.received.length = 0;
  return slack.views.at(-1)?.id ?? '';
}

describe('a modal', () => {
  it('opens for who clicked, once, within three seconds', async () => {
    const { views } = clientOf(slack);
    const trigger = await triggerId();
    const { view } = await views.open({ trigger_id: trigger, view: form() });
    expect(view).toMatchObject({ team_id: slack.team, app_id: slack.app, private_metadata: 'kept' });
    expect(slack.views).toEqual([expect.objectContaining({ id: view?.id, user: alice, open: true })]);
    await expect(views.open({ trigger_id: trigger, view: form() })).rejects.toMatchObject({
      data: { error: 'exchanged_trigger_id' },
    });
    await expect(views.open({ trigger_id: '1.2.3', view: form() })).rejects.toMatchObject({
      data: { error: 'invalid_trigger_id' },
    });
    const late = await triggerId();
    clock.time += 3_001;
    await expect(views.open({ trigger_id: late, view: form() })).rejects.toMatchObject({
      data: { error: 'expired_trigger_id' },
    });
  });

  it.each([
    ['a title of 25 characters', { title: plain('x'.repeat(25)) }, 'invalid_arguments'],
    ['inputs that nothing submits', { submit: undefined }, 'invalid_arguments'],
    ['metadata of 3,001 characters', { private_metadata: 'x'.repeat(3001) }, 'invalid_arguments'],
    ['250 kB', { blocks: [{ type: 'section', text: plain('x'.repeat(250_000)) }] }, 'view_too_large'],
  ])('is refused with %s', async (_, changes, error) => {
    const open = clientOf(slack).views.open({ trigger_id: await triggerId(), view: form(changes) as never });
    await expect(open).rejects.toMatchObject({ data: { error } });
  });

  it('sends what was filled in, and closes', async () => {
    const viewId = await opened();
    const values = { reason: 'not ours', kind: 'b' };
    expect(await slack.submit({ user: alice, viewId, values })).toMatchObject({ status: 200 });
    expect(app.received[0]?.payload).toMatchObject({
      type: 'view_submission',
      user: { id: alice },
      view: {
        id: viewId,
        private_metadata: 'kept',
        callback_id: 'deny',
        state: {
          values: {
            reason: { text: { type: 'plain_text_input', value: 'not ours' } },
            until: { time: { type: 'datetimepicker', selected_date_time: 1_800_000_000 } },
            kind: { choice: { type: 'static_select', selected_option: option('b') } },
          },
        },
      },
    });
    expect(slack.views[0]?.open).toBe(false);
    await expect(slack.submit({ user: alice, viewId, values })).rejects.toThrow('sees no modal');
  });

  it('is not sent while something is missing, nor by anybody else', async () => {
    const viewId = await opened();
    await expect(slack.submit({ user: alice, viewId })).rejects.toMatchObject({
      errors: { reason: 'Please complete this required field.' },
    });
    await expect(slack.submit({ user: alice, viewId, values: { reason: 'no' } })).rejects.toMatchObject({
      errors: { reason: 'At least 3 characters, please.' },
    });
    await expect(slack.submit({ user: alice, viewId, values: { why: 'x' } })).rejects.toThrow(
      'it has reason, until, kind',
    );
    await expect(slack.submit({ user: bob, viewId, values: { reason: 'not ours' } })).rejects.toThrow(
      'sees no modal',
    );
    expect(app.received).toEqual([]);
  });

  it('stays with the errors that the app answers', async () => {
    const viewId = await opened();
    const submit = () => slack.submit({ user: alice, viewId, values: { reason: 'not ours' } });
    app.answer.body = { response_action: 'errors', errors: { reason: 'Say more.' } };
    expect(await submit()).toMatchObject({ body: app.answer.body });
    expect(await submit()).not.toHaveProperty('problem');
    app.answer.body = { response_action: 'errors', errors: { nothing: 'x' } };
    expect((await submit()).problem).toContain('which is no input block');
    app.answer.status = 500;
    expect((await submit()).problem).toBe('The app answered HTTP 500.');
    expect(slack.views[0]?.open).toBe(true);
  });

  it('shows another view, lays one on itself, or clears all', async () => {
    const viewId = await opened();
    const submit = (id: string) => slack.submit({ user: alice, viewId: id, values: { reason: 'not ours' } });
    app.answer.body = { response_action: 'update', view: form({ title: plain('Sure?') }) };
    await submit(viewId);
    expect(slack.views[0]?.view.title.text).toBe('Sure?');
    app.answer.body = { response_action: 'push', view: form({ title: plain('On top') }) };
    await submit(viewId);
    expect(slack.views[1]).toMatchObject({ previousId: viewId, rootId: viewId, open: true });
    app.answer.body = { response_action: 'clear' };
    await submit(slack.views[1]?.id ?? '');
    expect(slack.views.map(({ open }) => open)).toEqual([false, false]);
  });

  it('is updated by who knows it, unless it changed meanwhile', async () => {
    const viewId = await opened(form({ external_id: 'mine' }));
    const { views } = clientOf(slack);
    const hash = slack.views[0]?.hash ?? '';
    await views.update({ view_id: viewId, hash, view: form({ title: plain('New'), external_id: 'mine' }) });
    expect(slack.views[0]?.view.title.text).toBe('New');
    await expect(views.update({ view_id: viewId, hash, view: form() })).rejects.toMatchObject({
      data: { error: 'hash_conflict' },
    });
    await expect(views.update({ external_id: 'mine', view: form() })).resolves.toMatchObject({ ok: true });
    await slack.close({ user: alice, viewId });
    await expect(views.update({ view_id: viewId, view: form() })).rejects.toMatchObject({
      data: { error: 'not_found' },
    });
  });

  it('tells that it was closed, where the app asked for that', async () => {
    expect(await slack.close({ user: alice, viewId: await opened() })).toBeUndefined();
    await slack.close({ user: alice, viewId: await opened(form({ notify_on_close: true })) });
    expect(app.received[0]?.payload).toMatchObject({ type: 'view_closed', is_cleared: false });
  });

  it('has buttons of its own, whose trigger lays another one on it', async () => {
    const viewId = await opened(form({ blocks: [actions(button('next'))], submit: undefined }));
    await slack.click({ user: alice, viewId, actionId: 'next' });
    const { payload } = app.received[0] ?? {};
    expect(payload).toMatchObject({ container: { type: 'view', view_id: viewId }, view: { id: viewId } });
    expect(payload).not.toHaveProperty('response_url');
    await clientOf(slack).views.push({ trigger_id: payload.trigger_id, view: form() });
    expect(slack.views[1]).toMatchObject({ previousId: viewId });
  });
});
