import { anyCharacters, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

const arn = /^arn:[^:]*:ssm:[^:]*:[^:]*:document\//;
const form: IdForm = [{ characters: /[A-Za-z0-9_.-]/, least: 3, most: 128 }];

/** What the name of a document looks like: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html */
export const documentIds: ResourceIds = {
  pattern: /^[A-Za-z0-9_.-]{3,128}$/,
  form,
  noun: 'an SSM document',
  idNoun: "an SSM document's name",
  isNamedBy: (text) => arn.test(text),

  /** Takes an ARN for what it is. */
  instead(text) {
    const name = text.replace(arn, '');
    if (name !== text && /^[A-Za-z0-9_.*-]{1,128}$/.test(name))
      return `write the document's name alone: ${name}.`;
    return `an SSM document is named by its name, of 3 to 128 letters, digits, dots, hyphens and underscores, like Restart-Shop; ${anyCharacters}.`;
  },
};
