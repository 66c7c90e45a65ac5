import { anyCharacters, couldMatch, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

/** `snap-` and 8 hexadecimal digits, of old snapshots, or 17. */
const form: IdForm = [{ text: 'snap-' }, { characters: /[0-9a-f]/, least: 8, most: 17 }];

/** What the id of an EBS snapshot looks like. */
export const snapshotIds: ResourceIds = {
  pattern: /^snap-[0-9a-f]{8,17}$/,
  form,
  noun: 'an EBS snapshot',
  idNoun: "an EBS snapshot's id",
  isNamedBy: (text) => /^arn:[^:]*:ec2:[^:]*:[^:]*:snapshot\/|^snap-[0-9a-f]+$/.test(text),

  /** Takes an ARN for what it is. */
  instead(text) {
    const [, last] = /(?:^|[/:])(snap-[^/:]*|\*)$/i.exec(text) ?? [];
    const id = (last ?? text).toLowerCase();
    if (id !== text && couldMatch(id, form)) return `write the snapshot's id alone: ${id}.`;
    return `an EBS snapshot is named by its id: snap- and 8 or 17 hexadecimal digits, like snap-0123456789abcdef0; ${anyCharacters}.`;
  },
};
