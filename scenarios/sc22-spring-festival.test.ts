import { springFestival } from "./sc22-spring-festival.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(springFestival);
