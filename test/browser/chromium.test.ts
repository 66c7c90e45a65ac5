import { installedChromium } from './support/chromium';

const nowhere = () => false;

describe('the browser of the tests', () => {
  it('is the one that is named, or the first in the usual places', () => {
    expect(installedChromium({ CHROMIUM_PATH: '/mine' }, (path) => path === '/mine')).toBe('/mine');
    expect(installedChromium({}, (path) => path === '/usr/bin/google-chrome')).toBe('/usr/bin/google-chrome');
  });

  it('is done without, with one line, where there is none', () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(installedChromium({}, nowhere)).toBeUndefined();
    expect(said.mock.calls).toEqual([[expect.stringMatching(/^The tests .* are skipped: .*\n$/)]]);
  });

  it('has to be there where it is required, and where it is named', () => {
    expect(() => installedChromium({ STAUNCH_BROWSER: 'required' }, nowhere)).toThrow('apt-get install');
    expect(() => installedChromium({ CHROMIUM_PATH: '/gone' }, nowhere)).toThrow('/gone');
  });
});
