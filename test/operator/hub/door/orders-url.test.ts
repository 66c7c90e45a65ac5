import { DoorError } from '../../../../operator/hub/door/door-error';
import { keptOrdersUrl, parseOrdersUrl, regionOfUrl } from '../../../../operator/hub/door/orders-url';
import type { SignedPost } from '../../../../operator/hub/door/signed-posts';

const ofApi = 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/staunch/orders';

describe('the URL to which orders are posted', () => {
  it.each([ofApi, 'http://127.0.0.1:40000/staunch/orders', 'http://localhost:1/x', 'http://[::1]:1/x'])(
    'may be %s',
    (text) => {
      expect(parseOrdersUrl(text)?.href).toBe(text);
    },
  );

  it.each([
    '',
    'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com',
    'http://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/staunch/orders',
    'http://127.0.0.1.example.com/orders',
    'https://ada:secret@staunch.example.com/orders',
    'https://staunch.example.com/orders#there',
    'file:///etc/passwd',
  ])('cannot be %j', (text) => {
    expect(parseOrdersUrl(text)).toBeUndefined();
  });

  it.each([
    [ofApi, 'eu-west-1'],
    ['https://vpce-0a1b2c3d.execute-api.eu-west-1.vpce.amazonaws.com/staunch/orders', 'eu-west-1'],
    ['https://staunch.example.com/orders', undefined],
    ['https://a.execute-api.eu-.example.com/orders', undefined],
  ])('names the Region for which it is signed: %s', (url, region) => {
    expect(regionOfUrl(new URL(url))).toBe(region);
  });
});

describe("what the hub's account keeps", () => {
  function asking(status: number, body: unknown) {
    const asked: SignedPost[] = [];
    const post = async (signed: SignedPost) => {
      asked.push(signed);
      return { status, headers: {}, body: JSON.stringify(body) };
    };
    return { asked, url: keptOrdersUrl({ post }, 'eu-west-1') };
  }

  it('is asked of SSM in its Region', async () => {
    const { asked, url } = asking(200, { Parameter: { Name: '/staunch/orders-url', Value: ofApi } });

    expect((await url).href).toBe(ofApi);
    expect(asked).toMatchObject([
      {
        url: new URL('https://ssm.eu-west-1.amazonaws.com/'),
        service: 'ssm',
        region: 'eu-west-1',
        headers: { 'x-amz-target': 'AmazonSSM.GetParameter' },
        body: '{"Name":"/staunch/orders-url"}',
      },
    ]);
  });

  it.each([
    [400, { __type: 'ParameterNotFound' }, 'ParameterNotFound', ''],
    [
      400,
      { __type: 'com.amazonaws.ssm#AccessDeniedException', Message: 'no' },
      'AccessDeniedException',
      'no',
    ],
    [400, { __type: 'ExpiredTokenException', message: 'old' }, 'ExpiredTokenException', 'old'],
    [500, '<html>', 'status 500', ''],
    [200, {}, 'status 200', ''],
  ])("is not known by AWS's error: %i %j", async (status, body, name, message) => {
    const error = await asking(status, body).url.catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(DoorError);
    expect(error).toMatchObject({ name, message });
  });

  it('is not believed where it is no URL for orders', async () => {
    await expect(asking(200, { Parameter: { Value: 'http://example.com/' } }).url).rejects.toThrow(
      'The parameter /staunch/orders-url is "http://example.com/", and should be like https://',
    );
  });
});
