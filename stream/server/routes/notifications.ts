/** What became of the notifications: the journal that the desk shows. */
import { Type } from "@sinclair/typebox";
import { seesNotice } from "../../../twin/authority/sight.ts";
import { formatTime } from "../../../twin/kernel/time.ts";
import { NOTICE_STATES, type Notice } from "../../notify/notice.ts";
import { NoticeView, pageOf } from "../answers.ts";
import { pageOf as partOf } from "../page.ts";
import { defineRoute, NO_BODY } from "../route.ts";
import { choices, choicesIn, PAGE, pageAnswer, pageQuery } from "./questions.ts";

export const listNotifications = defineRoute({
  method: "GET",
  path: "/v1/notifications",
  id: "listNotifications",
  tag: "cases",
  access: "token",
  summary: "Notifications of the cases that one may see, newest first, with what became of each.",
  query: Type.Object({
    case: Type.Optional(Type.String({ maxLength: 256 })),
    state: choices(`${NOTICE_STATES.join(", ")}.`),
    channel: choices("in-app, voice, push, sms, call, recorded-call."),
    ...PAGE,
  }),
  body: NO_BODY,
  answers: { 200: { description: "A page of notifications.", schema: pageOf(NoticeView) } },
  handle({ query, principal }, { notices, port }) {
    const states = choicesIn(query.state, "state", NOTICE_STATES);
    const channels = choicesIn(query.channel, "channel");
    const wanted = notices()
      .filter(({ state }) => states?.includes(state) ?? true)
      .filter(({ channel }) => channels?.includes(channel) ?? true)
      .filter((notice) => query.case === undefined || notice.case === query.case)
      .filter((notice) => seesNotice(principal, port.city, notice));
    const { items, next } = partOf(wanted, ({ notification }) => notification, pageQuery(query));
    return { body: pageAnswer({ items: items.map(viewOf), next }) };
  },
});

function viewOf({ position: _, time, at, notBefore, ...rest }: Notice): NoticeView {
  return {
    ...rest,
    time: formatTime(time),
    at: formatTime(at),
    notBefore: notBefore === null ? null : formatTime(notBefore),
  };
}
