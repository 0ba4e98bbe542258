/** The arrival as a picture: drawn on this device, and handed to the lifter. */
import type { MonthSets } from "./arrival.ts";

export interface ShareText {
  /** "501 training days," and "9,542 sets": one line each. */
  headline: readonly string[];
  since: string;
  chart: string;
  next: string;
  lifts: ReadonlyArray<{ name: string; load: string }>;
  made: string;
}

export const SHARE_WIDTH = 1080;
export const SHARE_HEIGHT = 1350;
const EDGE = 88;
const INNER = SHARE_WIDTH - 2 * EDGE;

/** Colours of the page's dark scheme: one picture, whatever the reader's screen is set to. */
const COLOURS = { ground: "#101312", text: "#f0f4f1", muted: "#aab6af", accent: "#b9f227" };
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/** Draw the picture. Rejects where the browser cannot. */
export async function drawShareImage(text: ShareText, months: readonly MonthSets[]): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = SHARE_WIDTH;
  canvas.height = SHARE_HEIGHT;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = COLOURS.ground;
  context.fillRect(0, 0, SHARE_WIDTH, SHARE_HEIGHT);
  const write = writer(context);

  let y = EDGE + 80;
  for (const line of text.headline) {
    write(line, y, { size: 92, weight: 800 });
    y += 108;
  }
  write(text.since, y, { size: 40, colour: COLOURS.muted });
  y += 90;
  write(text.chart, y, { size: 36, colour: COLOURS.muted });
  y += 30;
  drawBars(context, months, y, 270);
  y += 270 + 100;
  if (text.lifts.length > 0) {
    write(text.next, y, { size: 40, weight: 700, colour: COLOURS.accent });
    for (const { name, load } of text.lifts) {
      y += 76;
      write(name, y, { size: 46, weight: 600, width: INNER * 0.6 });
      write(load, y, { size: 46, weight: 700, align: "right", width: INNER * 0.38 });
    }
  }
  write(text.made, SHARE_HEIGHT - EDGE, { size: 34, colour: COLOURS.muted });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no image"))), "image/png");
  });
}

interface TextStyle {
  size: number;
  weight?: number;
  colour?: string;
  align?: "left" | "right";
  width?: number;
}

function writer(context: CanvasRenderingContext2D) {
  return (text: string, y: number, style: TextStyle): void => {
    const { weight = 400, colour = COLOURS.text, align = "left", width = INNER } = style;
    const font = (size: number): string => `${weight} ${size}px ${FONT}`;
    context.font = font(style.size);
    const wide = context.measureText(text).width;
    // What is too long is written smaller, to a limit; the canvas squeezes the rest.
    if (wide > width) context.font = font(Math.max(0.6, width / wide) * style.size);
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(text, align === "left" ? EDGE : SHARE_WIDTH - EDGE, y, width);
  };
}

function drawBars(
  context: CanvasRenderingContext2D,
  months: readonly MonthSets[],
  top: number,
  height: number,
): void {
  const most = Math.max(1, ...months.map(({ sets }) => sets));
  const step = INNER / Math.max(12, months.length);
  context.fillStyle = COLOURS.accent;
  months.forEach(({ sets }, at) => {
    const bar = sets === 0 ? 4 : Math.max(8, (height * sets) / most);
    context.globalAlpha = sets === 0 ? 0.35 : 1;
    context.beginPath();
    context.roundRect(EDGE + at * step, top + height - bar, step * 0.78, bar, 6);
    context.fill();
  });
  context.globalAlpha = 1;
}

/** Hand a picture over: to another app where the device can, else as a file. */
export async function share(image: Blob, name: string, title: string): Promise<"shared" | "saved"> {
  const file = new File([image], name, { type: image.type });
  if (typeof navigator.canShare === "function" && navigator.canShare({ files: [file] })) {
    await navigator.share({ files: [file], title });
    return "shared";
  }
  saveFile(image, name);
  return "saved";
}

/** Download a file that the page has made. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the file over by the next turn; until then it needs the address.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
