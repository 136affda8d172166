import type { Check } from '../check.ts';

/** Guards tolerate 60 s (RFC 7519 §4.1.4); half of it is worth knowing. Seconds. */
const TOLERATED = 30;

/** The clocks agree: a guard whose clock differs refuses good tokens and takes expired ones. */
export const clockCheck: Check = {
  name: 'clock',
  holds: `every clock is within ${TOLERATED} s of this machine's`,
  look({ services }) {
    const running = services.filter(({ seen }) => seen.state === 'running');
    if (running.length === 0) return { nothing: 'nothing runs' };
    return running.flatMap(({ name, seen }) => {
      const ahead = seen.state === 'running' ? Math.round(seen.clockAhead / 1_000) : 0;
      if (Math.abs(ahead) <= TOLERATED) return [];
      return [
        {
          service: name,
          cause: `The clock of ${name} is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead' : 'behind'}.`,
          remedy:
            'Let an NTP service set the clock of the machine it runs on, such as systemd-timesyncd or chrony.',
        },
      ];
    });
  },
};
