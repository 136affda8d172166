import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import { House } from './house.ts';
import { Idle } from './idle.ts';
import { MailSink } from './mail.sink.ts';
import { quantile, type Report } from './report.ts';

const REQUESTS = 100;
/** Between two requests, in milliseconds, so that mails are being sent, or tried, all the while. */
const PACE = 30;
const LONGEST_ANSWER = 50;
/** Within which everything is to be delivered once the server is back, in milliseconds. */
const RECOVERY = 60_000;

/** F21: the mail server is down, slow, and silent in the middle of mails. No request notices; no mail is lost or doubled. */
export const mailServerTrouble: Fault = async (report, { quick }) => {
  const sink = await MailSink.start();
  const house = await House.open({ replicas: 2, environment: { SMTP_URL: `smtp://127.0.0.1:${sink.port}` } });
  const count = quick ? REQUESTS / 4 : REQUESTS;
  try {
    await ask(house, count); // Warms up.
    const idle = new Idle();
    idle.add(await ask(house, count));
    sink.mood = 'slow';
    const slow = await ask(house, count);
    sink.mood = 'silent';
    const silent = await ask(house, count);
    await sink.down();
    const down = await ask(house, count);
    sink.mood = 'up';
    await sink.up();
    await expectAll(report, sink, 5 * count);
    idle.add(await ask(house, count));
    tell(report, idle, { slow, 'silent in the middle of each': silent, down });
  } finally {
    await house.close();
    await sink.down();
  }
};

/** Asks for mails, one after the other, at both replicas in turn; gives how long each answer took. */
async function ask(house: House, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const answer = await house.replica(turn).post('/password_resets', { email: 'reader@example.com' });
    if (answer?.status !== 202) throw new Error(`a request for a mail was answered ${answer?.status}`);
    times.push(answer.milliseconds);
    await sleep(PACE);
  }
  return times;
}

function tell(report: Report, idle: Idle, moods: Readonly<Record<string, readonly number[]>>): void {
  report.figure('with a mail server that is up, p99 ms', idle.p99);
  for (const [mood, times] of Object.entries(moods)) {
    const bound = idle.boundOf(LONGEST_ANSWER);
    report.atMost(`with one that is ${mood}, p99 ms`, quantile(times, 0.99), bound);
  }
}

async function expectAll(report: Report, sink: MailSink, count: number): Promise<void> {
  const begun = performance.now();
  while (sink.taken.size < count && performance.now() - begun < RECOVERY) await sleep(100);
  report.figure('mails written', count);
  report.figure('mails taken', sink.taken.size);
  report.atMost('ms from the return of the server to the last mail', performance.now() - begun, RECOVERY);
  report.expect(sink.taken.size === count, `${count - sink.taken.size} mails did not arrive`);
  await sleep(2_000);
  const doubled = [...sink.taken.values()].filter((times) => times > 1).length;
  report.expect(doubled === 0, `${doubled} mails arrived more than once`);
}
