import { SlackError } from '../errors';
import { tiers } from '../limits/rate-limits';
import { channelToPostTo } from './channels';
import type { Method } from './method';

/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
export const getUploadUrlExternal: Method = {
  scope: 'files:write',
  limit: tiers[4],
  run({ parameters, uploads, hosts }) {
    const length = Number(parameters.length);
    const name = String(parameters.filename ?? '');
    if (name === '' || !Number.isInteger(length) || length <= 0) throw new SlackError('missing_argument');
    const { fileId, path } = uploads.begin(name, length);
    return { upload_url: `${hosts.files}${path}`, file_id: fileId };
  },
};

/** A file that is shared nowhere stays the app's: https://docs.slack.dev/reference/methods/files.completeUploadExternal */
export const completeUploadExternal: Method = {
  scope: 'files:write',
  limit: tiers[4],
  run({ parameters, workspace, uploads, told }) {
    const asked = Array.isArray(parameters.files) ? parameters.files : [];
    if (asked.length === 0) throw new SlackError('invalid_arguments');
    const { channel_id: id, thread_ts: thread, initial_comment: comment } = parameters;
    const channel = id === undefined ? undefined : channelToPostTo(workspace, id).id;
    const place = {
      ...(channel !== undefined && { channel }),
      ...(typeof thread === 'string' && thread !== '' && { threadTs: thread }),
    };
    const files = asked.map(({ id: fileId, title }: { id?: unknown; title?: unknown }) => {
      const uploaded = uploads.complete(fileId);
      if (uploaded === undefined) throw new SlackError('file_not_found');
      return { id: String(fileId), ...uploaded, title: String(title ?? uploaded.name), ...place };
    });
    workspace.files.push(...files);
    if (channel !== undefined) {
      const shared = { channel, text: String(comment ?? ''), files: files.map((file) => file.id) };
      told(workspace.post({ ...shared, ...place, channel }), false);
    }
    return { files: files.map((file) => ({ id: file.id, title: file.title, name: file.name })) };
  },
};
