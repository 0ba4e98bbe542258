/** Names of the places in the bar at the bottom: one short word each, for 320 px. */
export const NAV_TEXTS = {
  label: "Places",
  places: {
    home: "Today",
    programs: "Programs",
    insights: "Insights",
    history: "History",
  },
} as const;
