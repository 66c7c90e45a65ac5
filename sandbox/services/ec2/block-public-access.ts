import { randomUUID } from 'node:crypto';
import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { escapeXml } from '../../gateway/protocols/xml';
import type { SharedNoun, Sharing } from './sharing';

/** How EC2 calls each setting's parameter, and the states that can be set. */
const settings: Readonly<Record<SharedNoun, { parameter: string; states: readonly string[] }>> = {
  snapshot: { parameter: 'State', states: ['block-all-sharing', 'block-new-sharing'] },
  image: { parameter: 'ImageBlockPublicAccessState', states: ['block-new-sharing'] },
};

/** The operations on the settings that block sharing with everybody. */
export const blockOperations: readonly string[] = ['Snapshot', 'Image'].flatMap((noun) => [
  `Enable${noun}BlockPublicAccess`,
  `Disable${noun}BlockPublicAccess`,
  `Get${noun}BlockPublicAccessState`,
]);

/**
 * Answers in moto's place.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html
 * @throws ApiError as EC2 would answer
 */
export function answerBlock(call: ApiCall, sharing: Sharing): ApiAnswer {
  const { operation, parameters } = call;
  const noun = operation.includes('Snapshot') ? 'snapshot' : 'image';
  const { parameter, states } = settings[noun];
  if (operation.startsWith('Enable')) {
    const state = String(parameters[parameter]);
    if (!states.includes(state)) {
      const valid = states.map((one) => `'${one}'`).join(' and ');
      throw new ApiError(
        'InvalidRequest',
        `Value '${state}' for ${parameter} is not valid. Valid values are ${valid}.`,
      );
    }
    sharing.setBlock(noun, call, state);
  }
  if (operation.startsWith('Disable')) sharing.setBlock(noun, call, 'unblocked');
  const name = parameter.charAt(0).toLowerCase() + parameter.slice(1);
  const managedBy = operation.startsWith('Get') ? '<managedBy>account</managedBy>' : '';
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>${randomUUID()}</requestId>` +
      `<${name}>${escapeXml(sharing.blockOf(noun, call))}</${name}>${managedBy}</${operation}Response>`,
  };
}
