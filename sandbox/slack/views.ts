import { withIds } from './block-ids';
import { bot } from './bot';
import { SlackError } from './errors';
import type { SlackView, ViewDefinition } from './model';
import type { Workspace } from './workspace';

/** How many modals may lie on each other: https://docs.slack.dev/surfaces/modals */
const mostViews = 3;

/**
 * Shows a user a modal.
 * @param below the one on which it comes to lie; without one the user's others close
 * @throws SlackError where its `external_id` is taken, or three lie there already
 */
export function openView(
  workspace: Workspace,
  user: string,
  view: ViewDefinition,
  below?: SlackView,
): SlackView {
  checkExternalId(workspace, view);
  if (below === undefined) closeViews(workspace, user);
  else if (stackOf(workspace, below).length >= mostViews) throw new SlackError('push_limit_reached');
  const id = workspace.newId('V');
  const opened: SlackView = {
    id,
    user,
    view: { ...view, blocks: withIds(view.blocks, id) },
    hash: hashOf(workspace),
    rootId: below?.rootId ?? id,
    open: true,
    ...(below !== undefined && { previousId: below.id }),
  };
  workspace.views.push(opened);
  workspace.changed({ kind: 'view', view: opened });
  return opened;
}

/** Has a modal show something else. */
export function updateView(workspace: Workspace, shown: SlackView, view: ViewDefinition): void {
  checkExternalId(workspace, view, shown);
  shown.view = { ...view, blocks: withIds(view.blocks, shown.id) };
  shown.hash = hashOf(workspace);
  workspace.changed({ kind: 'view', view: shown });
}

/** Closes a modal; the one below it shows again. */
export function closeView(workspace: Workspace, view: SlackView): void {
  if (!view.open) return;
  view.open = false;
  workspace.changed({ kind: 'view-closed', view });
}

/** Closes every modal of a user. */
export function closeViews(workspace: Workspace, user: string): void {
  for (const view of workspace.views.filter((each) => each.user === user)) closeView(workspace, view);
}

/** A view as Slack shows it to the app: https://docs.slack.dev/reference/views */
export function viewAnswer(
  { id, view, hash, rootId, previousId }: SlackView,
  { team, app }: Workspace,
  values: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id,
    team_id: team,
    app_id: app,
    app_installed_team_id: team,
    bot_id: bot.id,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    submit: null,
    close: null,
    ...view,
    state: { values },
    hash,
    root_view_id: rootId,
    previous_view_id: previousId ?? null,
  };
}

function stackOf({ views }: Workspace, { rootId }: SlackView): SlackView[] {
  return views.filter((view) => view.open && view.rootId === rootId);
}

function checkExternalId({ views }: Workspace, { external_id: id }: ViewDefinition, own?: SlackView): void {
  if (id === undefined || id === '') return;
  if (views.some((other) => other !== own && other.open && other.view.external_id === id))
    throw new SlackError('duplicate_external_id');
}

function hashOf(workspace: Workspace): string {
  return workspace.nextTs();
}
