import { festival } from "./sc15-festival.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(festival);
