import { whatStaysText } from '../../../cli/deploy/what-stays';

const hub = '222222222222';

describe('the end of staunch destroy', () => {
  it('says what stays in the hub, and which option deletes it', () => {
    const text = whatStaysText(hub, 'staunch-history', []);

    expect(text).toContain('staunch-ledger and staunch-saved-states (--take-ledger deletes them)');
    expect(text).toContain('staunch-history (--take-bucket deletes it)');
  });

  it('names nothing that was deleted', () => {
    const text = whatStaysText(hub, 'staunch-history', ['ledger', 'bucket']);

    expect(text).not.toMatch(/staunch-ledger|staunch-history|--take/);
  });

  it('says what is left in the management account, with the command that ends the delegation', () => {
    const text = whatStaysText(hub, 'staunch-history', []);

    expect(text).toContain('service control policies');
    expect(text).toContain(
      '\n  aws organizations deregister-delegated-administrator --account-id 222222222222 --service-principal member.org.stacksets.cloudformation.amazonaws.com',
    );
  });
});
