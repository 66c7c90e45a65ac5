import { endpointOf } from '../../../../member-functions/rule/aws-api/endpoint';
import { awsConfig } from '../../../../member-functions/rule/aws-config';
import { sqs } from '../../../../member-functions/rule/finding-queue';

const local = 'http://127.0.0.1:4566';
const other = 'https://config.example.com/config';

it.each([
  ['a Region', awsConfig, 'eu-west-1', 'amazonaws.com', {}, 'https://config.eu-west-1.amazonaws.com/'],
  ['China', awsConfig, 'cn-north-1', 'amazonaws.com.cn', {}, 'https://config.cn-north-1.amazonaws.com.cn/'],
  ['the queue', sqs, 'eu-west-1', 'amazonaws.com', {}, 'https://sqs.eu-west-1.amazonaws.com/'],
  ['an endpoint for all', awsConfig, 'eu-west-1', 'amazonaws.com', { AWS_ENDPOINT_URL: local }, `${local}/`],
  [
    'an endpoint of its own, before the one for all',
    awsConfig,
    'eu-west-1',
    'amazonaws.com',
    { AWS_ENDPOINT_URL: local, AWS_ENDPOINT_URL_CONFIG_SERVICE: other },
    other,
  ],
  [
    'an endpoint of another service',
    awsConfig,
    'eu-west-1',
    'amazonaws.com',
    { AWS_ENDPOINT_URL_SQS: other },
    'https://config.eu-west-1.amazonaws.com/',
  ],
  [
    'endpoints that are to be ignored',
    awsConfig,
    'eu-west-1',
    'amazonaws.com',
    { AWS_ENDPOINT_URL: local, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    'https://config.eu-west-1.amazonaws.com/',
  ],
  [
    'an empty variable',
    awsConfig,
    'eu-west-1',
    'amazonaws.com',
    { AWS_ENDPOINT_URL: '' },
    'https://config.eu-west-1.amazonaws.com/',
  ],
])('calls where the SDKs would: %s', (_, api, region, suffix, environment, url) => {
  expect(endpointOf(api, region, suffix, environment).href).toBe(url);
});
