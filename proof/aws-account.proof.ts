import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  GetUserAttributeVerificationCodeCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { openAccount } from '../hosts/aws/account.test-data.ts';
import { loadSuite } from '../engine/load.ts';
import { runCase } from '../engine/run-case.ts';
import { closeSession, openSession } from '../engine/session.ts';
import { openRehearsal } from '../hosts/rehearsal-target.ts';
import { about, packageRoot } from '../package.ts';
import { clientOf } from '../mocks/aws/client.test-data.ts';
import { attachStack } from '../targets/aws/attach.ts';
import { openInbox } from '../targets/aws/codes.ts';
import { readStack, WITHOUT_SCOPE } from '../targets/aws/stack.ts';

const account = await openAccount({ stack: true, lateMs: 0 });
const missing = typeof account === 'string' ? account : undefined;
afterAll(async () => {
  if (typeof account !== 'string') await account.close();
});

test.skipIf(missing)(
  `functions of the stack serve only the pools that name them${missing ? ` (${missing})` : ''}`,
  async () => {
    if (typeof account === 'string' || !account.stack) throw new Error('no account');
    const { stack, sent, settled, region } = account;
    expect(await readStack(region)).toEqual(stack);
    const client = clientOf(account.url);
    const lives = async (PoolName: string, LambdaConfig: object, ClientName = 'app') => {
      const pool = { PoolName, AutoVerifiedAttributes: ['email' as const], LambdaConfig };
      const { Id: UserPoolId = '' } = (await client.send(new CreateUserPoolCommand(pool))).UserPool ?? {};
      const app = { UserPoolId, ClientName, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] };
      const { ClientId } = (await client.send(new CreateUserPoolClientCommand(app))).UserPoolClient ?? {};
      const ada = { UserPoolId, Username: 'ada' };
      const UserAttributes = [{ Name: 'email', Value: `${PoolName}@example.com` }];
      await client.send(new AdminCreateUserCommand({ ...ada, MessageAction: 'SUPPRESS', UserAttributes }));
      const Password = 'Pass-word-1';
      await client.send(new AdminSetUserPasswordCommand({ ...ada, Password, Permanent: true }));
      const AuthParameters = { USERNAME: 'ada', PASSWORD: Password };
      const signIn = { AuthFlow: 'USER_PASSWORD_AUTH' as const, ClientId, AuthParameters };
      const { AuthenticationResult } = await client.send(new InitiateAuthCommand(signIn));
      const AccessToken = AuthenticationResult?.AccessToken ?? '';
      return { ...ada, AccessToken, scope: decodeJwt(AccessToken)['scope'] };
    };
    const sender = { LambdaVersion: 'V1_0', LambdaArn: stack.SenderFunctionArn };
    const senders = { CustomEmailSender: sender, CustomSMSSender: sender, KMSKeyID: stack.KeyArn };
    const PreTokenGenerationConfig = { LambdaVersion: 'V2_0', LambdaArn: stack.PreTokenFunctionArn };

    const bare = await lives('bare', {}, WITHOUT_SCOPE);
    const whole = await lives('whole', { ...senders, PreTokenGenerationConfig });
    const lesser = await lives('lesser', { PreTokenGenerationConfig }, WITHOUT_SCOPE);
    const [admin, none] = ['aws.cognito.signin.user.admin', ''];
    expect([bare.scope, whole.scope, lesser.scope]).toEqual([admin, admin, none]);

    const inbox = await openInbox({ region, stack, isOurs: () => true, quietMs: 500 });
    for (const { AccessToken } of [bare, whole]) {
      await client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' }));
    }
    await settled();
    expect(sent.map(({ to }) => to)).toEqual(['bare@example.com']);
    expect(await inbox.messages(whole)).toEqual([{ to: 'whole@example.com', medium: 'EMAIL' }]);
    expect(await inbox.latestCode(whole)).toBe(
      account.mock.messages.find(({ userPoolId }) => userPoolId === whole.UserPoolId)?.code,
    );
    expect(await inbox.messages(bare)).toEqual([]);
    await inbox.close();
  },
);

test.skipIf(missing)(
  `a code that nobody puts on the queue is an error that says where it was looked for${missing ? ` (${missing})` : ''}`,
  async () => {
    if (typeof account === 'string' || !account.stack) throw new Error('no account');
    const { stack, region } = account;
    const suite = loadSuite(packageRoot, about);
    const [one] = suite.cases.filter(({ id }) => id === 'VerifyUserAttribute/new-email');
    if (!one) throw new Error('no such case');
    const silent = await openRehearsal();
    const { additions, close } = await attachStack({ region, stack, isOurs: () => true, withinMs: 400, quietMs: 100 });
    const session = openSession({ ...silent.target, ...additions }, suite);
    const { verdict, cause, reason } = await runCase(one, session);
    await closeSession(session);
    await Promise.all([close(), silent.close()]);
    expect([verdict, cause]).toEqual(['error', 'a code could not be read']);
    expect(reason).toMatch(
      /^no code for \S+ of us-east-1_\w+ came within 0\.4 s on the queue http\S+Queue-\w+; instead came nothing$/,
    );
  },
);
