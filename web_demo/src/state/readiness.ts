/** The daily check-in, as it is kept among the daily logs. */

/** What is asked; 5 is much of it: very sore, very stressed, full of energy. */
export interface CheckIn {
  sleepHours?: number;
  muscleSoreness?: number;
  stressLevel?: number;
  perceivedEnergy?: number;
}

export const CHECK_IN_FIELDS = [
  "sleepHours",
  "muscleSoreness",
  "stressLevel",
  "perceivedEnergy",
] as const satisfies readonly (keyof CheckIn)[];

/** The day that a check-in is kept under: `YYYY-MM-DD`, UTC, as the engine reads it. */
export const dayKey = (now: number): string => new Date(now).toISOString().slice(0, 10);

type DailyLogs = Readonly<Record<string, unknown>>;

/** What was answered on the day of `now`; answers that are no numbers are none. */
export function checkInOf(dailyLogs: DailyLogs, now: number): CheckIn {
  const log = recordOf(dailyLogs[dayKey(now)]);
  const answered = CHECK_IN_FIELDS.flatMap((name) => {
    const value = log[name];
    return typeof value === "number" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(answered);
}

/** True once anything was answered on that day. */
export const isCheckedIn = (dailyLogs: DailyLogs, now: number): boolean =>
  Object.keys(checkInOf(dailyLogs, now)).length > 0;

/** The daily logs with these answers; what else is kept of that day, and of others, stays. */
export function withCheckIn(
  dailyLogs: DailyLogs,
  now: number,
  answers: CheckIn,
): Record<string, unknown> {
  const date = dayKey(now);
  return { ...dailyLogs, [date]: { date, ...recordOf(dailyLogs[date]), ...answers } };
}

/** The daily logs without what was answered that day; a day of nothing else goes as a whole. */
export function withoutCheckIn(dailyLogs: DailyLogs, now: number): Record<string, unknown> {
  const date = dayKey(now);
  const names: readonly string[] = CHECK_IN_FIELDS;
  const rest = Object.entries(recordOf(dailyLogs[date])).filter(([name]) => !names.includes(name));
  const { [date]: _, ...others } = dailyLogs;
  const isEmpty = rest.every(([name]) => name === "date");
  return isEmpty ? others : { ...others, [date]: Object.fromEntries(rest) };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
