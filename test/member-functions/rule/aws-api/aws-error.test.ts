import { AwsError } from '../../../../member-functions/rule/aws-api/aws-error';

const errorOf = (body: unknown, headers: Record<string, string> = {}, status = 400) =>
  new AwsError({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

it.each([
  ['plain', { __type: 'NoSuchConfigRuleException', message: 'No rule.' }, {}],
  ['with a namespace', { __type: 'com.amazonaws.config#NoSuchConfigRuleException', message: 'No rule.' }, {}],
  [
    'in the header, with an address',
    { message: 'No rule.' },
    { 'x-amzn-errortype': 'NoSuchConfigRuleException:http://a/b#c' },
  ],
  ['with a message in capitals', { __type: 'NoSuchConfigRuleException', Message: 'No rule.' }, {}],
])("has AWS's name and message: %s", (_, body, headers) => {
  const { name, message, $metadata } = errorOf(body, headers);
  expect({ name, message, $metadata }).toEqual({
    name: 'NoSuchConfigRuleException',
    message: 'No rule.',
    $metadata: { httpStatusCode: 400 },
  });
});

it('names the request, by which AWS finds it', () => {
  expect(errorOf({}, { 'x-amzn-requestid': 'r-1' }).$metadata.requestId).toBe('r-1');
});

it.each([
  ['HTML', '<html>Bad gateway</html>'],
  ['nothing', ''],
  ['a list', '["ThrottlingException"]'],
  ['no text', { __type: 7, message: { a: 1 } }],
  ['null', 'null'],
])('says the status alone where the answer is %s', (_, body) => {
  const { name, message } = errorOf(body, {}, 502);
  expect({ name, message }).toEqual({ name: 'UnknownError', message: 'AWS answered with the status 502' });
});
