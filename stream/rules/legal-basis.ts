/** How alerts name the law behind them; the R-ids of DOMAIN §3 say what was read in full and what is from memory. */

/** 食品安全法, text of 2021. */
export const foodSafetyLaw = (article: string) => `食品安全法 Art. ${article}`;
/** 食品安全法实施条例, 2019. */
export const regulation = (article: string) => `食品安全法实施条例 Art. ${article}`;
/** 餐饮服务食品安全操作规范, SAMR notice 2018 no. 12. */
export const operatingCode = (clause: string) => `餐饮服务食品安全操作规范 ${clause}`;
/** 企业落实食品安全主体责任监督管理规定, Order 60 of 2022. */
export const dutyRules = (article: string) => `企业落实食品安全主体责任监督管理规定 Art. ${article}`;
/** 食品安全国家标准 餐饮服务通用卫生规范, in force 2022-02-22. */
export const CATERING_HYGIENE = "GB 31654-2021";
/** The city's plan "暖城阳光餐饮", 2023-09-07: cameras and sensors are to be connected and online. */
export const CITY_PLAN = "鄂市监发〔2023〕169号";
