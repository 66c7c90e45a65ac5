import { checkedView } from '../checks/view';
import { SlackError } from '../errors';
import { tiers } from '../limits/rate-limits';
import type { SlackView } from '../model';
import { openView, updateView, viewAnswer } from '../views';
import type { Workspace } from '../workspace';
import type { Method } from './method';

/** https://docs.slack.dev/reference/methods/views.open */
export const open: Method = {
  limit: tiers[4],
  run({ parameters, workspace, triggers }) {
    const view = checkedView(parameters.view);
    const { user } = triggers.exchange(parameters.trigger_id);
    return { view: viewAnswer(openView(workspace, user, view), workspace) };
  },
};

/** https://docs.slack.dev/reference/methods/views.push: at most three views lie on each other. */
export const push: Method = {
  limit: tiers[4],
  run({ parameters, workspace, triggers }) {
    const view = checkedView(parameters.view);
    const { user, viewId } = triggers.exchange(parameters.trigger_id);
    const below = workspace.views.find(({ id, open: isOpen }) => id === viewId && isOpen);
    if (below === undefined) throw new SlackError('not_found');
    return { view: viewAnswer(openView(workspace, user, view, below), workspace) };
  },
};

/** https://docs.slack.dev/reference/methods/views.update */
export const update: Method = {
  limit: tiers[4],
  run({ parameters, workspace }) {
    const view = checkedView(parameters.view);
    const shown = viewOf(workspace, parameters);
    if (parameters.hash !== undefined && parameters.hash !== shown.hash)
      throw new SlackError('hash_conflict');
    updateView(workspace, shown, view);
    return { view: viewAnswer(shown, workspace) };
  },
};

function viewOf(
  workspace: Workspace,
  { view_id: id, external_id: externalId }: Record<string, unknown>,
): SlackView {
  const found = workspace.views.find(
    ({ id: own, view, open: isOpen }) =>
      isOpen && (id === undefined ? externalId !== undefined && view.external_id === externalId : own === id),
  );
  if (found === undefined) throw new SlackError('not_found');
  return found;
}
